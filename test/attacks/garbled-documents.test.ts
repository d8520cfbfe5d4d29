import { GARBLED_KINDS, garbledDocuments, type GarbledKind } from './forgeries/garbled.js';
import type { Query } from './oracle.js';
import { gatewayTarget, mount, ONE_ANSWER, type Target } from './targets.js';

let target: Target;
let documents: Record<GarbledKind, readonly Query[]>;

beforeAll(async () => {
  target = await gatewayTarget();
  documents = garbledDocuments(target.attacker);
});
afterAll(() => target.stop());

test("the attacker's own document opens as it is", async () => {
  const { bytes, iv } = target.attacker.tap();
  expect(await target.oracle.ask({ encryptedData: bytes, iv })).toMatchObject({ number: target.attacker.ownNumber });
});

test.each(GARBLED_KINDS)('every garbled document gets the same answer, byte for byte: %s', async (kind) => {
  const queries = documents[kind];
  const outcome = await mount(
    async (oracle) => {
      await oracle.askAll(queries);
    },
    target,
    queries.length,
  );
  expect(queries.length).toBeGreaterThan(0);
  expect([...outcome.answers]).toEqual([[ONE_ANSWER, queries.length]]);
});
