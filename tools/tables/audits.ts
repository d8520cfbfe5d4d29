import { serverAudits } from 'graphql-http';
import { code, type Table } from './table.js';

/** Audits that the gateway does not pass, by their ids: those of queries by GET. test/http/audits.test.ts holds the list. */
export const NOT_OFFERED: readonly string[] = ['5A70', 'D6D5', '6A70'];

/** The audits of GraphQL over HTTP. They are only named here; the test runs them. */
export function auditsTable(): Table {
  const audits = serverAudits({ url: 'http://127.0.0.1/graphql' });
  return {
    columns: ['audit', 'requirement', 'result'],
    rows: audits.map(({ id, name }) => [code(id), code(name), NOT_OFFERED.includes(id) ? 'not offered' : 'passed']),
  };
}
