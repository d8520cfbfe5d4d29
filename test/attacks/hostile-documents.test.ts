import { request } from 'undici';
import type { GraphqlAnswer } from '../harness/gateway-client.js';
import { type RunningGateway, runProductionGateway } from '../harness/running-gateway.js';
import { documents } from './hostile/documents.js';
import { introspection } from './hostile/introspection.js';
import { requests } from './hostile/requests.js';
import { selections } from './hostile/selections.js';

/* test/faults/hostile-documents.faults.ts measures the cost of each. */

/** Most errors in one answer. graphql-js would list 100, each of which costs more than the token that caused it. */
const MAX_ERRORS = 50;

let production: RunningGateway;

beforeAll(async () => {
  production = await runProductionGateway({ METRICS_PORT: '0' });
});
afterAll(() => production.gateway.stop());

/** The root fields that ran since the gateway started, as its metrics tell them. */
async function operationsRun(): Promise<string[]> {
  const { body } = await request(`${String(production.gateway.metricsUrl)}/metrics`);
  return (await body.text()).match(/^gateway_operation_seconds_count.*/gm) ?? [];
}

const rows = [...selections, ...documents, ...introspection, ...requests];

test.each(rows)(
  'in production, answered without a resolver: $what',
  async ({ status, code, method, path, headers, body }) => {
    const answer = await request(production.gateway.url + path, { method, headers, body });
    const { data, errors } = (await answer.body.json()) as GraphqlAnswer<unknown>;
    const codes = new Set(errors?.map(({ extensions }) => extensions?.code));
    expect({ status: answer.statusCode, codes: [...codes] }).toEqual({
      status,
      codes: code === undefined ? [] : [code],
    });
    expect(errors?.length ?? 0).toBeLessThan(MAX_ERRORS);
    expect(data === undefined || data === null).toBe(code !== undefined);
    expect(await operationsRun()).toEqual([]);
  },
);

test('an honest login after all of them runs, and is counted', async () => {
  await production.loggedIn('alice');
  expect(await operationsRun()).toEqual([expect.stringContaining('operation="login",result="LoginSuccess"')]);
});
