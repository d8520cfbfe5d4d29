import { readdirSync } from 'node:fs';

/** main.ts and start.ts run the gateway; the others are for a browser, for a Mini Program, or types alone. */
const NOT_LOADED = /^(?:main|start)\.ts$|^client\/example\/|^playground\/(?:page|explorer\/browser)\/|\.d\.ts$/;

const modules = readdirSync(new URL('../src/', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !NOT_LOADED.test(name),
);

test('every module loads, and so counts for coverage if no other test uses it', async () => {
  const loaded = await Promise.all(
    modules.map((name) => import(`../src/${name.replace(/\.ts$/, '.js')}`) as Promise<object>),
  );
  expect(loaded.length).toBeGreaterThan(200);
});
