import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { RequestError } from './request-error.js';

/** Text that every prototype-polluting key contains. Bodies without it need no closer look. */
const SUSPECT = /__proto__|constructor|\\u/;

/**
 * Accepts only JSON bodies (415). Rejects invalid UTF-8, which a decoder would silently replace, and
 * prototype-polluting keys.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body)) return done(new RequestError(400, 'The body is not UTF-8.'));
    const text = body.toString('utf8');
    if (!SUSPECT.test(text)) {
      try {
        return done(null, JSON.parse(text));
      } catch {
        // The parser below has the right error for it.
      }
    }
    return parse(request, text, done);
  });
}
