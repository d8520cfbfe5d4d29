import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/* A signature costs more than all else of a request: aliases must not multiply it. */

const ALIASES = 150;

let running: RunningGateway;
beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

test('a number is signed once, however many aliases its proof has', async () => {
  const alice = await running.loggedIn('alice');
  const { encryptedData, iv } = running.simulator.world.tap(running.app.appId, 'alice');
  const aliases = Array.from({ length: ALIASES }, (_, i) => `a${i}:proof`).join(' ');
  const query = `mutation($input:DecryptPhoneInput!){decryptPhone(input:$input){...on PhoneNumber{${aliases}}}}`;
  const { body } = await alice.post<{ decryptPhone: Record<string, string> }>({
    query,
    variables: { input: { encryptedData, iv } },
  });
  const proofs = Object.values(body.data?.decryptPhone ?? {});
  expect(proofs.length).toBe(ALIASES);
  // Each signature has a jti of its own.
  expect(new Set(proofs).size).toBe(1);
});
