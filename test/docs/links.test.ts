import { existsSync } from 'node:fs';
import { documents, page, pageNames } from '../harness/documents.js';

const ROOT = new URL('../../', import.meta.url);
const all = [...documents, ...pageNames.map((name) => page(`docs/zh/${name}`))];

/** The name by which GitHub lets a heading be linked to. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\-_ ]/gu, '')
    .replaceAll(' ', '-');
}

test.each(all)('every link in $path leads to a file and a heading that exist', ({ path, text }) => {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    const url = new URL(link, new URL(path, ROOT));
    if (url.protocol !== 'file:') return false;
    if (!existsSync(new URL(url.pathname, ROOT))) return true;
    if (url.hash === '') return false;
    const target = page(url.pathname.slice(ROOT.pathname.length));
    return !target.headings().some((heading) => `#${anchor(heading.text)}` === decodeURIComponent(url.hash));
  });
  expect(broken).toEqual([]);
});

test('every page of docs/ is in the index', () => {
  const index = page('docs/README.md').text;
  expect(pageNames.filter((name) => name !== 'README.md' && !index.includes(`](${name})`))).toEqual([]);
});

test('the README has at most 12 KiB', () => {
  expect(Buffer.byteLength(page('README.md').text)).toBeLessThanOrEqual(12_288);
});
