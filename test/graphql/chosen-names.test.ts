import { objectPrototypeNames } from '../harness/object-prototype-names.js';
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
])('%s that the schema does not know is rejected without being quoted', async (_, body, rule) => {
  const answer = await running.client().post(body);
  expect(answer.text).not.toContain(SECRET);
  expect(answer.body.errors?.[0]?.message).toContain(rule);
});

/* Generated code looks up variables by name. It must not find names that every object inherits. */
const nullFor = (name: string): object[] => [
  {
    query: `mutation($${name}:LoginInput!){login(input:$${name}){__typename}}`,
    variables: { [name]: null },
  },
  { query: `mutation($${name}:LoginInput!){login(input:$${name}){__typename}}`, variables: {} },
  {
    query: `mutation($${name}:LogoutInput!){logout(input:$${name}){__typename}}`,
    variables: { [name]: null },
  },
  {
    query: `mutation($${name}:DecryptPhoneInput!){decryptPhone(input:$${name}){__typename}}`,
    variables: { [name]: null },
  },
];

// The body parser rejects __proto__ as a key.
test.each(objectPrototypeNames.filter((name) => name !== '__proto__'))(
  'null for a non-null variable named %s is BAD_USER_INPUT, compiled or not',
  async (name) => {
    const before = running.logLines.length;
    for (const body of nullFor(name)) {
      const codes = [];
      for (let i = 0; i < 5; i += 1) codes.push((await running.client().post(body)).body.errors?.[0]?.extensions?.code);
      expect(codes).toEqual(Array(5).fill('BAD_USER_INPUT'));
    }
    expect(running.logLines.length).toBe(before);
  },
);

test.each(objectPrototypeNames.filter((name) => !name.startsWith('__')))(
  'a variable, an operation and an alias may be named %s',
  async (name) => {
    for (let i = 0; i < 5; i += 1) {
      const code = running.simulator.world.login(running.app.appId, 'alice');
      const { body } = await running.client().post({
        query: `mutation ${name}($${name}:LoginInput!){${name}:login(input:$${name}){__typename}}`,
        operationName: name,
        variables: { [name]: { code } },
      });
      expect(body).toEqual({ data: { [name]: { __typename: 'LoginSuccess' } } });
      const session = await running.client().post({ query: `query ${name}{session{__typename}}` });
      expect(session.body).toEqual({ data: { session: { __typename: 'InvalidSessionError' } } });
    }
  },
);
