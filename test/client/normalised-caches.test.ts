import { ApolloClient, gql, HttpLink, InMemoryCache, type InMemoryCacheConfig } from '@apollo/client';
import { createFragmentRegistry } from '@apollo/client/cache';
import { Client, fetchExchange, gql as urqlGql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { type DocumentNode, Kind, OperationTypeNode, print } from 'graphql';
import type * as DocumentNodes from '../../src/client/generated/document-nodes.js';
import type * as PossibleTypes from '../../src/client/possible-types.js';
import { answeringWith, INPUT, type Member, MEMBERS, type OneMember, ownDocument } from '../harness/every-member.js';
import { importPublished } from '../harness/published-client.js';

/* Normalised caches match a fragment on UserError against the error that came by the possible types, which are shipped. */

const nodes = await importPublished<typeof DocumentNodes>('document-nodes');
const { introspectionQueryResultData, possibleTypes } = await importPublished<typeof PossibleTypes>('possible-types');

const operationIn = ({ definitions }: DocumentNode) => {
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const [field] = operation.selectionSet.selections;
  return { type: operation.operation, field: field?.kind === Kind.FIELD ? field.name.value : '' };
};
const shipped: readonly DocumentNode[] = Object.entries(nodes)
  .filter(([name]) => /(?<!Fragment)Document$/.test(name))
  .map(([, document]) => document as DocumentNode);

/** Sends a document twice, and gives what the client hands over each time. */
type Send = (gateway: OneMember, document: DocumentNode, variables: object) => Promise<unknown[]>;

const url = 'https://gateway.example/graphql';

const apollo =
  (options: InMemoryCacheConfig): Send =>
  async ({ fetch }, document, variables) => {
    const client = new ApolloClient({ link: new HttpLink({ uri: url, fetch }), cache: new InMemoryCache(options) });
    const send = async (): Promise<unknown> =>
      operationIn(document).type === OperationTypeNode.QUERY
        ? (await client.query({ query: document, variables })).data
        : (await client.mutate({ mutation: document, variables })).data;
    return [await send(), await send()];
  };

const urql =
  (warnings: string[]): Send =>
  async ({ fetch }, document, variables) => {
    const cache = cacheExchange({
      possibleTypes,
      logger: (level, message) => level !== 'debug' && warnings.push(message),
    });
    const client = new Client({ url, fetch, preferGetMethod: false, exchanges: [cache, fetchExchange] });
    const send = async (): Promise<unknown> =>
      (await client[operationIn(document).type === OperationTypeNode.QUERY ? 'query' : 'mutation'](document, variables))
        .data;
    return [await send(), await send()];
  };

describe.each<[string, Send]>([
  ['Apollo Client with InMemoryCache', apollo({ possibleTypes })],
  ['urql with graphcache', urql([])],
])('%s hands over every field', (_, send) => {
  async function expectAll(member: Member, document: DocumentNode): Promise<void> {
    const gateway = answeringWith(member);
    const handedOver = await send(gateway, document, INPUT[member[0]] ?? {});
    const asked = await gateway.answer(print(document), INPUT[member[0]] ?? {});
    expect(asked).toMatchObject({ [member[0]]: { __typename: member[1] } });
    // More is a __typename that the client adds.
    expect(handedOver).toMatchObject([asked, asked]);
    expect(gateway.requests()).toBe(operationIn(document).type === OperationTypeNode.QUERY ? 1 : 2);
  }

  test.each(MEMBERS)('%s: %s, in the shipped documents', async (field, member) => {
    const documents = shipped.filter((document) => operationIn(document).field === field);
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) await expectAll([field, member], document);
  });

  test.each(MEMBERS)('%s: %s, in a document of a team’s own', async (field, member) => {
    await expectAll([field, member], gql(ownDocument(field)));
  });
});

const ERROR = { __typename: 'InvalidSessionError', code: 'APP_ID_MISMATCH', message: 'a message' };

test('a document of a team’s own uses a shipped fragment, in Apollo Client by the registry of its cache', async () => {
  const fragments = createFragmentRegistry(nodes.UserErrorFieldsFragmentDoc);
  const gateway = answeringWith(['session', 'InvalidSessionError']);
  const [data] = await apollo({ possibleTypes, fragments })(
    gateway,
    gql('query OwnSession { session { __typename ...UserErrorFields } }'),
    {},
  );
  expect(data).toMatchObject({ session: ERROR });
});

test('a document of a team’s own uses a shipped fragment, in urql inside its gql', async () => {
  const gateway = answeringWith(['session', 'InvalidSessionError']);
  const document = urqlGql`
    query OwnSession {
      session {
        __typename
        ...UserErrorFields
      }
    }
    ${nodes.UserErrorFieldsFragmentDoc}
  `;
  const [data] = await urql([])(gateway, document, {});
  expect(data).toMatchObject({ session: ERROR });
});

test('without the possible types Apollo Client drops every field of an error: the day that this fails, they are needless', async () => {
  const gateway = answeringWith(['session', 'InvalidSessionError']);
  const [session] = await apollo({})(gateway, nodes.SessionDocument, {});
  expect(session).toEqual({ session: { __typename: 'InvalidSessionError' } });
});

test('the introspection fragment matcher says the same', () => {
  const { types } = introspectionQueryResultData.__schema;
  const said = types.map(({ name, possibleTypes: members }) => [name, members.map((member) => member.name)]);
  expect(Object.fromEntries(said)).toEqual(possibleTypes);
});

test('urql has nothing to warn of', async () => {
  const warnings: string[] = [];
  const send = urql(warnings);
  for (const member of MEMBERS) await send(answeringWith(member), gql(ownDocument(member[0])), INPUT[member[0]] ?? {});
  expect(warnings).toEqual([]);
});
