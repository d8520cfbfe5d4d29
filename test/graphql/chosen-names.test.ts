import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/* Keys of an input and names of operations are a client's own choosing: a confused one may put a secret there. */
const SECRET = 'k13580006666';
let running: RunningGateway;
beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

const login = 'mutation Login($input: LoginInput!) { login(input: $input) { __typename } }';

test.each([
  ['a key of an input', { query: login, variables: { input: { code: 'c', [SECRET]: 1 } } }, 'type "LoginInput"'],
  ['the operation to run', { query: login, operationName: SECRET, variables: {} }, 'no operation of that name'],
])('%s that the schema does not know is refused without being quoted', async (_, body, rule) => {
  const answer = await running.client().post(body);
  expect(answer.text).not.toContain(SECRET);
  expect(answer.body.errors?.[0]?.message).toContain(rule);
});
