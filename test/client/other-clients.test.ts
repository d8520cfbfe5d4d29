import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import * as nodes from '../../src/client/generated/document-nodes.js';
import { ExchangePhoneCodeDocument, LoginDocument, SessionDocument } from '../../src/client/generated/graphql.js';
import { possibleTypes } from '../../src/client/possible-types.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

/* The generated documents in the clients that teams have; `npm run types` checks that each infers what it answers. */

type Login = nodes.LoginMutation['login'];
type Session = nodes.SessionQuery['session'];
type Phone = nodes.ExchangePhoneCodeMutation['exchangePhoneCode'];

interface OtherClient {
  login(code: string): Promise<Login | undefined>;
  session(token: string): Promise<Session | undefined>;
  exchangePhoneCode(token: string, code: string): Promise<Phone | undefined>;
}

const bearer = (token: string) => (token === '' ? {} : { authorization: `Bearer ${token}` });

function apollo(uri: string): OtherClient {
  const client = new ApolloClient({
    link: new HttpLink({ uri }),
    cache: new InMemoryCache({ possibleTypes }),
    defaultOptions: { query: { fetchPolicy: 'no-cache' }, mutate: { fetchPolicy: 'no-cache' } },
  });
  const context = (token: string) => ({ headers: bearer(token) });
  return {
    login: async (code) => {
      const { data } = await client.mutate({ mutation: nodes.LoginDocument, variables: { input: { code } } });
      return data?.login;
    },
    session: async (token) =>
      (await client.query({ query: nodes.SessionDocument, context: context(token) })).data?.session,
    exchangePhoneCode: async (token, code) => {
      const variables = { input: { code } };
      const mutation = nodes.ExchangePhoneCodeDocument;
      return (await client.mutate({ mutation, variables, context: context(token) })).data?.exchangePhoneCode;
    },
  };
}

function urql(url: string): OtherClient {
  const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false });
  const context = (token: string) => ({ fetchOptions: { headers: bearer(token) } });
  return {
    login: async (code) => (await client.mutation(nodes.LoginDocument, { input: { code } })).data?.login,
    session: async (token) => (await client.query(nodes.SessionDocument, {}, context(token))).data?.session,
    exchangePhoneCode: async (token, code) =>
      (await client.mutation(nodes.ExchangePhoneCodeDocument, { input: { code } }, context(token))).data
        ?.exchangePhoneCode,
  };
}

function graphqlRequest(url: string): OtherClient {
  const client = new GraphQLClient(url);
  return {
    login: async (code) => (await client.request(LoginDocument, { input: { code } })).login,
    session: async (token) => (await client.request(SessionDocument, {}, bearer(token))).session,
    exchangePhoneCode: async (token, code) =>
      (await client.request(ExchangePhoneCodeDocument, { input: { code } }, bearer(token))).exchangePhoneCode,
  };
}

let running: RunningGateway;
beforeAll(async () => {
  running = await runGateway();
});
afterAll(() => running.gateway.stop());

describe.each([
  ['@apollo/client', apollo],
  ['@urql/core', urql],
  ['graphql-request', graphqlRequest],
])('%s', (_, create) => {
  const client = () => create(`${running.gateway.url}/graphql`);

  test('logs in, and gets the number of a tap', async () => {
    const { world } = running.simulator;
    const login = await client().login(world.login(running.app.appId, 'alice'));
    const token = login?.__typename === 'LoginSuccess' ? login.token : '';
    expect(await client().session(token)).toMatchObject({ __typename: 'Session', appId: running.app.appId });
    const { code } = world.tap(running.app.appId, 'alice');
    expect(await client().exchangePhoneCode(token, code)).toMatchObject({ e164: '+8613548535449' });
  });

  test('gets a failure as a value, with its remedy', async () => {
    expect(await client().session('')).toMatchObject({
      __typename: 'InvalidSessionError',
      code: 'NOT_LOGGED_IN',
      remedy: 'LOGIN_AND_RESEND',
    });
  });
});
