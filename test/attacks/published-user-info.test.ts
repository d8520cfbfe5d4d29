import { type RunningGateway, runGateway } from '../harness/running-gateway.js';
import vectors from '../vectors/open-data.json' with { type: 'json' };
import type { GatewayClient } from '../harness/gateway-client.js';

/** Longest accepted data in bytes. */
const LONGEST = 256;

const { sessionKey, iv, encryptedData } = vectors.userInfoSample;

let running: RunningGateway;
let client: GatewayClient;

/** A user whose session key is the published one, so that nothing but the kind of the document is wrong. */
beforeEach(async () => {
  running = await runGateway();
  const answer = { openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE', session_key: sessionKey };
  running.simulator.faults.add('/sns/jscode2session', [{ body: JSON.stringify(answer) }]);
  client = await running.loggedIn('band');
});
afterEach(() => running.gateway.stop());

test("Weixin's sample of user info is rejected under its own key: it is longer than any phone document", async () => {
  const query = 'mutation ($i: DecryptPhoneInput!) { decryptPhone(input: $i) { __typename } }';
  const { body } = await client.post({ query, variables: { i: { encryptedData, iv } } });
  expect(body.errors).toMatchObject([
    {
      message: 'input.encryptedData must be 112 to 256 bytes, a multiple of 16.',
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
});

test.each([
  ['its start', 0],
  ['a part of it, the block in front as the iv', 64],
  ['its end, the block in front as the iv', Buffer.from(encryptedData, 'base64').length - LONGEST],
])("Weixin's sample of user info, cut to an accepted length, is no phone document: %s", async (_name, from) => {
  const bytes = Buffer.from(encryptedData, 'base64');
  const cut = {
    encryptedData: bytes.subarray(from, from + LONGEST).toString('base64'),
    iv: from === 0 ? iv : bytes.subarray(from - 16, from).toString('base64'),
  };
  expect(await client.decryptPhone(cut)).toMatchObject({ __typename: 'InvalidSessionError', code: 'KEY_MISMATCH' });
});
