import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { invalidRequest } from './backend-error.js';

/** Takes form bodies (application/x-www-form-urlencoded) beside others. */
export function acceptForms(server: FastifyInstance): void {
  const mediaType = 'application/x-www-form-urlencoded';
  server.addContentTypeParser<Buffer>(mediaType, { parseAs: 'buffer' }, (_request, body, done) => {
    if (isUtf8(body)) done(null, new URLSearchParams(body.toString('utf8')));
    else done(invalidRequest('The body is not UTF-8.'));
  });
}
