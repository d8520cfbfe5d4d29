import type { FastifyRequest } from 'fastify';
import { plainRequest } from '../../src/http/plain-request.js';

/* What skips Apollo Server's HTTP layer skips its guard against cross-site requests too: only what needs no guard may. */

const body = { query: '{session{__typename}}' };
const request = (method: string, headers: Record<string, string>) => ({ method, headers }) as unknown as FastifyRequest;

test.each([
  ['POST', { 'content-type': 'text/plain' }],
  ['POST', { 'content-type': 'text/plain; application/json' }],
  ['POST', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['POST', { 'content-type': 'multipart/form-data' }],
  ['POST', {}],
  ['GET', { 'content-type': 'application/json' }],
  ['HEAD', { 'content-type': 'application/json' }],
])('what a foreign page can have a browser send is not plain: %s %j', (method, headers) => {
  expect(plainRequest(request(method, headers), body)).toBeUndefined();
});

test('a POST of JSON, which a browser sends across origins only with leave, is plain', () => {
  expect(plainRequest(request('POST', { 'content-type': 'application/json' }), body)).toEqual({
    operation: body,
    answeredAs: 'application/json; charset=utf-8',
  });
});
