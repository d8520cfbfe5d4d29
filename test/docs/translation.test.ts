import { codeIn, page, ReadmeSection, readme } from '../harness/readme.js';

/*
 * README.zh-CN.md says what README.md says. Words cannot be compared; what stands between them can: headings, blocks,
 * tables, names in backticks, figures and addresses. A change of one page alone fails here.
 */

const chinese = page('README.zh-CN.md');

/** A part of both pages: the lines under one heading, down to the next heading of any level. */
interface Part {
  readonly heading: string;
  readonly english: ReadmeSection;
  readonly chinese: ReadmeSection;
}

const NOTHING = new ReadmeSection('README.zh-CN.md', []);
const chineseParts = chinese.parts();
const parts: Part[] = readme.parts().map(({ heading, body }, i) => ({
  heading,
  english: body,
  // Where a heading is missing, the first test says so.
  chinese: chineseParts[i]?.body ?? NOTHING,
}));

/** Every name in backticks, once. The order of words differs. */
const names = (text: string) => [...new Set(codeIn(withoutBlocks(text)))].toSorted();
/** Every figure outside backticks. */
const figures = (text: string) =>
  (
    withoutBlocks(text)
      .replaceAll(/`[^`]*`|\]\([^)]*\)/g, '')
      .match(/\d[\d.,]*\d|\d/g) ?? []
  ).toSorted();
const addresses = (text: string) => (withoutBlocks(text).match(/https?:\/\/[\w./:-]+\w/g) ?? []).toSorted();

function withoutBlocks(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '');
}

test('the headings are the same in number, order and level', () => {
  expect(chinese.levels()).toEqual(readme.levels());
});

test('the operations have their own names for headings', () => {
  const operations = readme.section('Operations').headings();
  expect(chinese.section('操作').headings()).toEqual(operations);
});

describe.each(parts)('$heading', ({ english, chinese }) => {
  test('has the same blocks, letter by letter', () => {
    expect(chinese.fences()).toEqual(english.fences());
  });

  test('has the same tables: rows, names and figures of every cell', () => {
    const outline = (section: ReadmeSection) =>
      section
        .tables()
        .map((table) => table.map((row) => row.map((cell) => [...codeIn(cell).toSorted(), ...figures(cell)])));
    expect(outline(chinese)).toEqual(outline(english));
  });

  test('has the same names, figures and addresses', () => {
    const facts = (section: ReadmeSection) => {
      const text = section.toString();
      return { names: names(text), figures: figures(text), addresses: addresses(text) };
    };
    expect(facts(chinese)).toEqual(facts(english));
  });

  test('has as many paragraphs, and as many items in its lists', () => {
    const shape = (section: ReadmeSection) => {
      const text = withoutBlocks(section.toString());
      return {
        items: text.match(/^(?:- |\d+\. )/gm)?.length,
        paragraphs: text.split(/\n\s*\n/).filter((paragraph) => /^\s*[^|\s]/.test(paragraph)).length,
      };
    };
    expect(shape(chinese)).toEqual(shape(english));
  });
});

test('its own links lead to headings that are there', () => {
  const anchors = chinese.parts().map(({ heading }) => heading.toLowerCase().replaceAll(' ', '-'));
  const links = [...chinese.toString().matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
  expect(links.length).toBeGreaterThan(0);
  expect(anchors).toEqual(expect.arrayContaining(links));
});
