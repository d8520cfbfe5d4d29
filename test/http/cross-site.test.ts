import { type RunningGateway, runGateway, runProductionGateway } from '../harness/running-gateway.js';

const OWN = 'https://console.example.com';
const SANDBOX = 'https://studio.apollographql.com';
const QUERY = '{session{__typename}}';
const MUTATION = 'mutation{logout{__typename}}';

let running: RunningGateway;
let production: RunningGateway;

beforeAll(async () => {
  const env = { CORS_ORIGINS: `${OWN}, https://other.example.com` };
  [running, production] = await Promise.all([runGateway(env), runProductionGateway(env)]);
});
afterAll(() => Promise.all([running.gateway.stop(), production.gateway.stop()]));

test.each([...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined]])(
  'a POST that another site can send without a preflight does not run: %s',
  async (type) => {
    const client = await running.loggedIn('alice');
    const response = await fetch(`${running.gateway.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.token ?? ''}`, ...(type !== undefined && { 'content-type': type }) },
      body: Buffer.from(JSON.stringify({ query: MUTATION })),
    });
    expect(response.status).toBe(415);
    expect((await client.session()).__typename).toBe('Session');
  },
);

test('a GET runs nothing', async () => {
  const client = await running.loggedIn('alice');
  const response = await fetch(`${running.gateway.url}/graphql?query=${encodeURIComponent(MUTATION)}`, {
    headers: { authorization: `Bearer ${client.token ?? ''}`, 'apollo-require-preflight': 'true' },
  });
  expect(response.status).toBe(405);
  expect((await client.session()).__typename).toBe('Session');
});

/** The origin that an answer allows: to a preflight, and to the request after it. */
async function allowedOrigin({ gateway }: RunningGateway, origin: string): Promise<(string | null)[]> {
  const preflight = await fetch(`${gateway.url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  for (const { headers } of [preflight, answer]) {
    expect(headers.get('vary')).toMatch(/origin/i);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  }
  return [preflight, answer].map(({ headers }) => headers.get('access-control-allow-origin'));
}

const foreign = [
  'https://evil.example',
  `${OWN}.evil.example`,
  `${OWN}:8443`,
  OWN.replace('https', 'http'),
  'https://example.com',
  'null',
  '*',
];

test.each(foreign)('a page from %s may not read an answer', async (origin) => {
  expect(await allowedOrigin(running, origin)).toEqual([null, null]);
  expect(await allowedOrigin(production, origin)).toEqual([null, null]);
});

test.each([OWN, 'https://other.example.com'])('a page from %s, of CORS_ORIGINS, may', async (origin) => {
  expect(await allowedOrigin(running, origin)).toEqual([origin, origin]);
  expect(await allowedOrigin(production, origin)).toEqual([origin, origin]);
});

test.each([SANDBOX, 'https://sandbox.embed.apollographql.com'])(
  'a page from %s may, outside production only',
  async (origin) => {
    expect(await allowedOrigin(running, origin)).toEqual([origin, origin]);
    expect(await allowedOrigin(production, origin)).toEqual([null, null]);
  },
);

test('a page of CORS_ORIGINS may send a token and JSON, and read the request id', async () => {
  const { headers } = await fetch(`${running.gateway.url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin: OWN, 'access-control-request-method': 'POST' },
  });
  expect(headers.get('access-control-allow-headers')?.split(', ')).toEqual(
    expect.arrayContaining(['authorization', 'content-type']),
  );
  expect(headers.get('access-control-expose-headers')).toBe('x-request-id');
});
