import { Lexer, Source, TokenKind } from 'graphql';

/** The bounds on a document, as docs/configuration.md lists them. */
const MAX_BYTES = 8 * 1024;
const MAX_TOKENS = 500;

/** A document with as many parts as the bounds on its bytes and its tokens allow; every part has as many tokens. */
export function filled(head: string, part: (i: number) => string, tail: string): string {
  const count = Math.floor((MAX_TOKENS - tokens(head) - tokens(tail)) / tokens(part(0)));
  const text = (parts: number) => head + Array.from({ length: parts }, (_, i) => part(i)).join(' ') + tail;
  let parts = count;
  while (Buffer.byteLength(text(parts)) > MAX_BYTES) parts -= 1;
  return text(parts);
}

/** Nested as deep as the bounds allow. */
export function nested(open: string, inside: string, close: string): string {
  const around = (depth: number) => `{${open.repeat(depth)}${inside}${close.repeat(depth)}}`;
  return around(Math.floor((MAX_TOKENS - 2 - tokens(inside)) / tokens(open + close)));
}

function tokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  return count;
}
