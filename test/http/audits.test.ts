import { serverAudits } from 'graphql-http';
import { NOT_OFFERED } from '../../tools/tables/audits.js';
import { type RunningGateway, runGateway } from '../harness/running-gateway.js';

let running: RunningGateway;
let results: readonly string[];

beforeAll(async () => {
  running = await runGateway();
  const audits = serverAudits({ url: `${running.gateway.url}/graphql` });
  const told = await Promise.all(audits.map((audit) => audit.fn()));
  results = told.map(({ status, id, name }) => `${status} ${id} ${name}`);
});
afterAll(() => running.gateway.stop());

test('the gateway fails no audit of GraphQL over HTTP', () => {
  expect(results.length).toBeGreaterThanOrEqual(60);
  expect(results.filter((result) => result.startsWith('error'))).toEqual([]);
});

test('every audit of something that a server must or should do is passed', () => {
  const musts = results.filter((result) => / (MUST|SHOULD) /.test(result));
  expect(musts.length).toBeGreaterThanOrEqual(25);
  expect(musts.filter((result) => !result.startsWith('ok'))).toEqual([]);
});

test('the audits that are not passed are those of GET, as docs/graphql-clients.md says', () => {
  const notPassed = results.filter((result) => !result.startsWith('ok'));
  expect(notPassed.map((result) => result.split(' ')[1])).toEqual(NOT_OFFERED);
  expect(notPassed.filter((result) => !/^notice \w+ MAY .*\bGETs?\b/.test(result))).toEqual([]);
});
