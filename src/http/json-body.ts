import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { RequestError } from './request-error.js';

/** What a key that reaches for a prototype must be written with; text without it needs no closer look. */
const SUSPECT = /__proto__|constructor|\\u/;

/**
 * Takes JSON bodies and no others (415). Bytes that are not UTF-8 are refused, where a decoder would put a replacement
 * character in their place; so are keys that reach for a prototype.
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
