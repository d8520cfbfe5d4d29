import { filled } from './filled.js';
import { asked, type HostileRequest } from './hostile-request.js';

import { fragments } from './fragments.js';

const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const type = 'name fields{name args{name type{name}} type{name ofType{name}}}';

/** Queries for the schema, which production does not reveal. */
export const introspection: readonly HostileRequest[] = [
  asked(
    'fields of all types, under aliases',
    INVALID,
    filled('{__schema{types{', (i) => `a${i}:fields{type{fields{name}}}`, '}}}'),
  ),
  asked('the schema', INVALID, `{__schema{types{${type}}}}`),
  asked(
    'the schema, under aliases',
    INVALID,
    filled('{', (i) => `a${i}:__schema{types{${type}}}`, '}'),
  ),
  asked(
    'the schema, level upon level',
    INVALID,
    `{__schema{types{${'fields{type{'.repeat(80)}name${'}}'.repeat(80)}}}}`,
  ),
  asked(
    'one type, under aliases',
    INVALID,
    filled('{', (i) => `a${i}:__type(name:"Query"){${type}}`, '}'),
  ),
  asked(
    'one type, level upon level',
    INVALID,
    `{__type(name:"Query"){${'ofType{'.repeat(150)}name${'}'.repeat(150)}}}`,
  ),
  asked(
    'one type, through fragments',
    INVALID,
    `{__type(name:"Query"){...F0}} ${fragments(40, '__Type', (i) => `ofType{...F${(i + 1) % 40}}`)}`,
  ),
];
