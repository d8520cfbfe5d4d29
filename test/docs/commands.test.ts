import { Checkout } from '../harness/checkout.js';
import { documents, page } from '../harness/documents.js';

/*
 * Every block for a shell on every page, run as it stands in a folder like a fresh checkout. The first login by hand has a
 * test of its own. The pages in Chinese have the same blocks: translation.test.ts.
 */

const byHand = page('README.md').section('A first login by hand').blocks('sh');
const blocks = documents
  .flatMap((document) =>
    document.blocks('sh').map((block) => ({ path: document.path, block, title: block.split('\n')[0] ?? '' })),
  )
  .filter(({ block }, i, all) => !byHand.includes(block) && all.findIndex((other) => other.block === block) === i);

const startsGateway = ({ block }: { block: string }) => /npm start|node dist\/main\.js$/m.test(block);

let checkout: Checkout;

beforeAll(() => {
  checkout = new Checkout();
});
afterAll(() => checkout.remove());

test.each(blocks.filter((each) => !startsGateway(each)))('$path: $title', async ({ block }) => {
  await expect(checkout.run(block)).resolves.toBeUndefined();
});

test.each(blocks.filter(startsGateway))('$path: $title starts the gateway', async ({ block }) => {
  expect(await checkout.start(block)).toMatch(/^http:/);
});
