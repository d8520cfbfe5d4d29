import { codeIn, page, type Page, pageNames } from '../harness/documents.js';

/*
 * docs/zh/ says what docs/ says. Words cannot be compared; what stands between them can: headings, blocks, tables, and names
 * in backticks. A change of one page alone fails here.
 */

/** Names in backticks, once each: the order of words differs. */
const names = (part: Page) => [...new Set(codeIn(part.prose()))].toSorted();
const shape = (part: Page) =>
  part.tables().map((table) => table.map((row) => row.map((cell) => codeIn(cell).toSorted())));

test('every page is translated, and no other is there', () => {
  expect(pageNames.map((name) => page(`docs/zh/${name}`).headings().length > 0)).not.toContain(false);
});

describe.each(pageNames)('docs/zh/%s', (name) => {
  const english = page(`docs/${name}`);
  const chinese = page(`docs/zh/${name}`);

  test('has the same headings in number, order and level', () => {
    expect(chinese.headings().map(({ level }) => level)).toEqual(english.headings().map(({ level }) => level));
  });

  test('has the same blocks, letter by letter', () => {
    expect(chinese.fences()).toEqual(english.fences());
  });

  test('has the same tables and names in each part', () => {
    const facts = (part: Page) => ({ tables: shape(part), names: names(part) });
    const parts = english.parts();
    expect(chinese.parts().map((part, i) => ({ part: i, ...facts(part) }))).toEqual(
      parts.map((part, i) => ({ part: i, ...facts(part) })),
    );
  });
});
