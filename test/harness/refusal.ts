import { DecryptPhoneDocument, LoginDocument } from '../../src/client/generated/graphql.js';
import type { GraphqlAnswer } from './gateway-client.js';
import { graphqlLiteral } from './graphql-literal.js';
import type { RunningGateway } from './running-gateway.js';

export type Operation = 'login' | 'decryptPhone';
const documents = { login: LoginDocument, decryptPhone: DecryptPhoneDocument };

/** What an operation is refused with as a whole. */
export interface Refusal {
  readonly error: NonNullable<GraphqlAnswer<unknown>['errors']>[number] & { readonly locations?: unknown };
  /** The whole answer. */
  readonly text: string;
}

/** The one error that this input gets as a variable; fails where the operation ran, or asked Weixin. */
export async function refusal(on: RunningGateway, operation: Operation, input: unknown): Promise<Refusal> {
  return theOneError(on, { query: documents[operation].toString(), variables: { input } });
}

/** The same, where the input is written into the document. */
export async function refusalOfLiteral(on: RunningGateway, operation: Operation, input: unknown): Promise<Refusal> {
  return theOneError(on, { query: `mutation{${operation}(input:${graphqlLiteral(input)}){__typename}}` });
}

async function theOneError(on: RunningGateway, request: unknown): Promise<Refusal> {
  const before = on.simulator.faults.calls('/sns/jscode2session');
  const { body, text } = await on.client().post(request);
  const [error, ...more] = body.errors ?? [];
  expect({ data: body.data ?? null, more }).toEqual({ data: null, more: [] });
  expect(on.simulator.faults.calls('/sns/jscode2session')).toBe(before);
  if (error === undefined) throw new Error(text);
  return { error, text };
}
