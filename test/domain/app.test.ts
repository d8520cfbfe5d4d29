import { parseAppId, parseOpenId } from '../../src/domain/app.js';

test.each([
  ['wx4f4bc4dec97d474b', true],
  ['wx4f4bc4dec97d474', false],
  ['wx4f4bc4dec97d474b0', false],
  ['wx4F4BC4DEC97D474B', false],
  ['wy4f4bc4dec97d474b', false],
  ['wx4f4bc4dec97d474g', false],
  ['wx4f4bc4dec97d474b\n', false],
  [' wx4f4bc4dec97d474b', false],
  ['', false],
])('%j is an appid: %p', (text, is) => {
  expect(parseAppId(text)).toBe(is ? text : undefined);
});

test.each([
  ['oGZUI0egBJY1zhBYw2KhdUfwVJJE', true],
  ['o-_', true],
  ['o'.repeat(128), true],
  ['o'.repeat(129), false],
  ['', false],
  ['o:x', false],
  ['o x', false],
  ['o\n', false],
  ['ö', false],
])('%j is an openid: %p', (text, is) => {
  expect(parseOpenId(text)).toBe(is ? text : undefined);
});
