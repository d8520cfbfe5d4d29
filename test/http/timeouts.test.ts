import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { httpServerOn } from '../harness/http-server.js';
import { recordedLog } from '../harness/recorded-log.js';
import { until } from '../harness/until.js';

let server: FastifyInstance;
let port: number;

beforeEach(async () => {
  server = await httpServerOn({}, recordedLog().log, {
    maxConnections: 3,
    timeouts: { request: 200, check: 50, stall: 400 },
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  port = (server.server.address() as AddressInfo).port;
});
afterEach(() => server.close());

/** Returns everything received until the server closes the connection. */
async function answerTo(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (data) => (received += data.toString()));
  socket.on('error', () => undefined);
  socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve));
  return received;
}

const head = (length: number, connection: string) =>
  `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: ${connection}\r\ncontent-length: ${length}\r\n\r\n`;

test('an incomplete body is answered with 408, and its connection closes', async () => {
  const answer = await answerTo(`${head(100, 'keep-alive')}{"q`);
  expect(answer).toContain('HTTP/1.1 408');
  expect(answer).toContain('"code":"BAD_REQUEST"');
});

test('a body that arrives in time is answered', async () => {
  const body = '{"query":"{ __typename }"}';
  expect(await answerTo(`${head(body.length, 'close')}${body}`)).toContain('HTTP/1.1 200');
});

test('an incomplete body after an answered request, on the same connection, is rejected as well', async () => {
  const body = '{"query":"{ __typename }"}';
  const answers = await answerTo(`${head(body.length, 'keep-alive')}${body}${head(100, 'keep-alive')}{"q`);
  expect(answers).toContain('HTTP/1.1 200');
  expect(answers).toContain('HTTP/1.1 408');
});

/** Connections that the server holds now. */
const held = () => promisify(server.server.getConnections.bind(server.server))();

test('a connection whose client reads no answers is closed after the stall timeout', async () => {
  const accepted = once(server.server, 'connection');
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).pause();
  await accepted;
  const began = performance.now();
  const query = 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n';
  // More answers than the buffers of both ends hold.
  socket.write(query.repeat(100_000));
  try {
    await until(held, (count) => count === 0, 20_000);
    expect(performance.now() - began).toBeGreaterThan(300);
  } finally {
    socket.destroy();
  }
});

test('a connection past the limit is closed without an answer, and there is room once another ends', async () => {
  await until(held, (count) => count === 0);
  const sockets = Array.from({ length: 3 }, () => connect(port, '127.0.0.1'));
  await until(held, (count) => count === 3);
  const request = 'GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
  expect(await answerTo(request)).toBe('');
  for (const socket of sockets) socket.destroy();
  await until(
    () => answerTo(request),
    (answer) => answer.startsWith('HTTP/1.1 200'),
  );
});
