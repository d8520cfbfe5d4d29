import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { noMetrics } from '../../src/domain/metrics.js';
import { createApolloServer } from '../../src/graphql/apollo-server.js';
import { buildGatewaySchema, type SchemaServices } from '../../src/graphql/schema.js';
import { createHttpServer } from '../../src/http/http-server.js';
import { recordedLog } from '../harness/recorded-log.js';

let server: FastifyInstance;
let port: number;

beforeEach(async () => {
  const { log } = recordedLog();
  const schema = await buildGatewaySchema({ apps: new Map() } as unknown as SchemaServices);
  const apollo = createApolloServer({ schema, log, introspection: true, landingPage: undefined });
  await apollo.start();
  server = await createHttpServer({
    apollo,
    log,
    readiness: () => 'ready',
    storeState: () => 'up',
    landingPage: undefined,
    trustedDocuments: undefined,
    corsOrigins: [],
    trustProxy: 0,
    overload: { inFlight: 100, delay: 10_000 },
    metrics: noMetrics,
    jwks: { keys: [] },
    requestTimeout: 200,
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  port = (server.server.address() as AddressInfo).port;
});
afterEach(() => server.close());

/** Everything that comes back until the server closes the connection. */
async function answerTo(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (data) => (received += data.toString()));
  socket.write(text);
  await once(socket, 'close');
  return received;
}

const head = (length: number, connection: string) =>
  `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: ${connection}\r\ncontent-length: ${length}\r\n\r\n`;

test('a body that stops half way is refused with 408, and its connection closes', async () => {
  const answer = await answerTo(`${head(100, 'keep-alive')}{"q`);
  expect(answer).toContain('HTTP/1.1 408');
  expect(answer).toContain('"code":"BAD_REQUEST"');
});

test('a body that arrives in time is answered', async () => {
  const body = '{"query":"{ __typename }"}';
  expect(await answerTo(`${head(body.length, 'close')}${body}`)).toContain('HTTP/1.1 200');
});
