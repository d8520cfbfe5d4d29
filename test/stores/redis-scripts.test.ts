import { scripts } from '../../src/stores/redis/scripts.js';

/** Commands that Redis does not count as reading. PTTL is read for a request that is refused, and for no other. */
const UNTRACKED = ['GETEX', 'SET', 'SETRANGE', 'DEL', 'PEXPIRE', 'INCR', 'HINCRBY', 'HSET', 'HDEL'];

describe.each(Object.entries(scripts))('the script %s', (name, { SCRIPT }) => {
  const calls = [...SCRIPT.matchAll(/redis\.(\w+)\((?:'(\w+)', (KEYS\[\d\])[,)])?/g)];

  test('names its keys literally, which proxies ask for, and has at least one', () => {
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.map(([, how, , key]) => [how, key])).toEqual(
      calls.map(() => ['call', expect.stringMatching(/^KEYS\[\d\]$/) as string]),
    );
    expect(SCRIPT.match(/KEYS/g)?.length).toBe(SCRIPT.match(/KEYS\[\d\]/g)?.length);
  });

  test('leaves nothing tracked, of which every later change would be told as an invalidation', () => {
    const others = calls.map(([, , command]) => command).filter((command) => !UNTRACKED.includes(command ?? ''));
    expect(others).toEqual(name === 'countRequest' ? ['PTTL'] : []);
  });
});
