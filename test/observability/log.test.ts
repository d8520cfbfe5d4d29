import { createLog } from '../../src/observability/log.js';
import type { LogFields } from '../../src/domain/log.js';
import { parsedLines } from '../harness/log-lines.js';
import { recordedLog } from '../harness/recorded-log.js';

const SECRET = 'tells-too-much';

/** The line that these fields make, which may be more than the type lets a caller write. */
function logged(fields: object): Record<string, unknown> {
  const { log, lines } = recordedLog();
  log.error(fields, 'a message');
  expect(lines).toHaveLength(1);
  const [line = {}] = parsedLines(lines);
  return line;
}

test('a line is JSON with a level, an instant and a message', () => {
  const { log, lines } = recordedLog();
  log.info({}, 'one');
  log.warn({}, 'two');
  log.error({}, 'three');
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
  expect(lines.every((line) => line.endsWith('}\n'))).toBe(true);
  expect(parsedLines(lines)).toEqual([
    { level: 30, time, msg: 'one' },
    { level: 40, time, msg: 'two' },
    { level: 50, time, msg: 'three' },
  ]);
});

test('the allowed fields are written as they are', () => {
  const fields: LogFields = {
    requestId: 'id',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    appId: 'wxde00000000000000',
    endpoint: '/sns/jscode2session',
    errcode: 40013,
    reason: 'no answer in time',
    url: 'http://127.0.0.1:4000',
  };
  expect(logged(fields)).toMatchObject(fields);
});

test.each([
  'token',
  'sessionKey',
  'session_key',
  'secret',
  'code',
  'phoneNumber',
  'encryptedData',
  'iv',
  'headers',
  'req',
  'err',
  'query',
  'body',
  'toJSON',
])('a field of another name is dropped: %s', (name) => {
  expect(Object.keys(logged({ requestId: 'id', [name]: SECRET }))).toEqual(['level', 'time', 'requestId', 'msg']);
});

class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly config = { url: `https://api.weixin.qq.com/?secret=${SECRET}` };
  readonly body = SECRET;
  toJSON(): unknown {
    return { body: this.body };
  }
}

test.each<[what: string, error: Error]>([
  ['its own', new RequestFailed(SECRET)],
  ["its cause's", new Error('it failed', { cause: new RequestFailed(SECRET) })],
  ["its causes' cause's", new Error('1', { cause: new Error('2', { cause: new RequestFailed('3') }) })],
  ['of those that it gathers', new AggregateError([new RequestFailed('inside')], 'it failed')],
])('an error has a name and a place in the log, and neither its message nor its properties: %s', (_whose, error) => {
  const line = logged({ error });
  expect(JSON.stringify(line)).not.toContain(SECRET);
  const at = expect.arrayContaining([expect.stringContaining('log.test.ts')]) as unknown;
  expect(line['error']).toMatchObject({ name: error.name, at });
});

test('the code of a system error is kept', () => {
  const refused = Object.assign(new Error(`connect ECONNREFUSED ${SECRET}`), { code: 'ECONNREFUSED' });
  expect(logged({ error: refused })['error']).toMatchObject({ code: 'ECONNREFUSED' });
});

test.each<[what: string, error: unknown]>([
  ['a text', SECRET],
  ['an object', { message: SECRET, stack: SECRET }],
  ['a function', () => SECRET],
  ['null', null],
  ['an error whose cause is a text', new Error('it failed', { cause: SECRET })],
  ['an error whose cause is an object', new Error('it failed', { cause: { body: SECRET } })],
])('what is thrown without being an error has a type in the log, and no content: %s', (_what, error) => {
  expect(JSON.stringify(logged({ error }))).not.toContain(SECRET);
});

test('lines below the level are not written', () => {
  const lines: string[] = [];
  const log = createLog('error', { write: (line) => lines.push(line) });
  log.info({}, 'one');
  log.warn({}, 'two');
  expect(lines).toEqual([]);
});
