import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { Secret } from '../../src/domain/secret.js';
import { SessionKey } from '../../src/domain/session-key.js';
import { recordedLog } from '../harness/recorded-log.js';

const TEXT = 'tiihtNczf5v6AKRyjwEUhQ==';

const ways: [string, (hidden: object) => string][] = [
  ['JSON.stringify', (hidden) => JSON.stringify({ hidden, list: [hidden] })],
  ['util.inspect', (hidden) => inspect({ hidden }, { depth: null, showHidden: true, getters: true })],
  ['util.format', (hidden) => format('%s %o %O %j', hidden, hidden, hidden, hidden)],
  ['String', (hidden: { toString(): string }) => String(hidden)],
  ['a template', (hidden) => `It is ${hidden as unknown as string}.`],
  ['a sum of texts', (hidden) => 'It is ' + (hidden as unknown as string)],
  ['structuredClone', (hidden) => inspect(structuredClone(hidden), { showHidden: true })],
  ['v8.serialize', (hidden) => serialize(hidden).toString('latin1')],
  ['Object.entries', (hidden) => inspect([Object.entries(hidden), Reflect.ownKeys(hidden), { ...hidden }])],
  ['an error message', (hidden) => inspect(new Error(`bad: ${hidden as unknown as string}`, { cause: hidden }))],
  [
    'a log line',
    (hidden) => {
      const { log, lines } = recordedLog();
      log.error({ error: Object.assign(new Error('bad', { cause: hidden }), { hidden }), hidden } as object, 'bad');
      return lines.join('');
    },
  ],
];

describe('a session key', () => {
  const key = SessionKey.parse(TEXT) as SessionKey;

  test.each(ways)('does not show in %s', (_, show) => {
    const shown = show(key);
    expect(shown).not.toBe('');
    expect(shown).not.toContain(TEXT);
    expect(shown).not.toContain(Buffer.from(TEXT, 'base64').toString('latin1'));
  });

  test('is revealed as the text that Weixin wrote, and as its bytes', () => {
    expect(key.revealText()).toBe(TEXT);
    expect(key.revealBytes()).toEqual(Buffer.from(TEXT, 'base64'));
  });

  test('equals a key of the same text, and no other', () => {
    expect(key.equals(SessionKey.parse(TEXT) as SessionKey)).toBe(true);
    expect(key.equals(SessionKey.parse(Buffer.alloc(16).toString('base64')) as SessionKey)).toBe(false);
  });

  test('cannot be changed through the bytes that it reveals', () => {
    key.revealBytes().fill(0);
    expect(key.revealBytes()).toEqual(Buffer.from(TEXT, 'base64'));
  });

  test.each([
    ['15 bytes', Buffer.alloc(15).toString('base64')],
    ['17 bytes', Buffer.alloc(17).toString('base64')],
    ['nothing', ''],
    ['no padding', TEXT.slice(0, 22)],
    ['text that is not canonical', 'tiihtNczf5v6AKRyjwEUhR=='],
    ['white space', ` ${TEXT}`],
  ])('is not made of %s', (_, text) => {
    expect(SessionKey.parse(text)).toBeUndefined();
  });
});

describe('a secret', () => {
  const secret = new Secret(TEXT);

  test.each(ways)('does not show in %s', (_, show) => {
    const shown = show(secret);
    expect(shown).not.toBe('');
    expect(shown).not.toContain(TEXT);
  });

  test('is what it was made of where it is revealed', () => {
    expect(secret.reveal()).toBe(TEXT);
  });
});
