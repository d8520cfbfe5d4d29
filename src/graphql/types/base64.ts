import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { decodeBase64 } from '../../domain/base64.js';
import { badUserInput } from '../errors/bad-user-input.js';

const RULE =
  'Base64 must be canonical: RFC 4648 section 4, padded, no white space, as Weixin hands it to the Mini Program. ' +
  "Where '+' became a space on the way, the text was URL-decoded once too often.";

/** Base64 text on the wire, bytes inside. Its errors name the rule and never the value. */
export const Base64Scalar = new GraphQLScalarType<Buffer, string>({
  name: 'Base64',
  description:
    'Standard Base64 text (RFC 4648 section 4, padded, canonical, no white space), as Weixin hands it to the Mini Program.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc4648#section-4',
  serialize: (value) => Buffer.from(value as Uint8Array).toString('base64'),
  parseValue: (value) => parse(value),
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
});

/** @param node the literal in the document; undefined if the text came in a variable */
function parse(value: unknown, node?: ValueNode): Buffer {
  const bytes = typeof value === 'string' ? decodeBase64(value) : undefined;
  if (bytes === undefined) throw badUserInput(RULE, node);
  return bytes;
}
