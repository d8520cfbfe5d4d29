import { filled } from './filled.js';
import { asked, type HostileRequest } from './hostile-request.js';

import { fragments, times } from './fragments.js';

const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const UNPARSED = 'GRAPHQL_PARSE_FAILED';

const login = '(input:{code:"code"}){__typename}';
/** Two copies of a selection inside two copies, and so on: without memoisation, the work doubles with each level. */
const doubled = (levels: number, name: string): string =>
  levels === 0 ? '__typename' : times(2, () => `${name}{${doubled(levels - 1, name)}}`);

/** Fields and fragments, as many as the limits allow, which are costly for one validation rule or another. */
export const selections: readonly HostileRequest[] = [
  asked(
    'aliases of one field',
    INVALID,
    filled('{', (i) => `a${i}:session{__typename}`, '}'),
  ),
  asked(
    'aliases of one mutation',
    INVALID,
    filled('mutation{', (i) => `a${i}:login${login}`, '}'),
  ),
  asked('aliases that are prototype names', INVALID, `mutation{__proto__:login${login} constructor:login${login}}`),
  asked(
    'aliases of __typename',
    undefined,
    filled('{', (i) => `a${i}:__typename`, '}'),
  ),
  asked(
    'one field, again and again',
    INVALID,
    filled('{', () => 'session{__typename}', '}'),
  ),
  asked(
    'fields that do not exist',
    INVALID,
    filled('{', (i) => `f${i}`, '}'),
  ),
  asked(
    'fields that nearly exist',
    INVALID,
    filled('{', (i) => `sessio${i}`, '}'),
  ),

  asked(
    'fields that nearly merge, under one alias',
    INVALID,
    filled('{', (i) => `a:b${i}`, '}'),
  ),
  asked(
    'fields that nearly merge, by their arguments',
    INVALID,
    filled('{', (i) => `a(b:${i})`, '}'),
  ),
  asked(
    'fields that nearly merge, in inline fragments',
    INVALID,
    filled('{', (i) => `...{a:b${i}}`, '}'),
  ),
  asked('fields that merge, level upon level', INVALID, `{${doubled(6, 'a')}}`),
  asked(
    'fields that nearly merge, through fragments',
    INVALID,
    filled(`{${times(40, (i) => `...F${i}`)}}`, (i) => `fragment F${i} on Query{a:b${i}}`, ''),
  ),
  asked('4,000 fields that nearly merge, in 8 KiB', UNPARSED, `{${'a '.repeat(4_000)}}`),
  asked('10,000 fields that nearly merge', 'BAD_REQUEST', `{${'aa '.repeat(10_000)}}`),

  asked('a fragment inside itself', INVALID, `mutation{...F0} fragment F0 on Mutation{login${login} ...F0}`),
  asked('fragments in a circle', INVALID, `{...F0} ${fragments(49, 'Query', (i) => `...F${(i + 1) % 49}`)}`),
  asked(
    'fragments that all spread all',
    INVALID,
    `{...F0} ${fragments(13, 'Query', () => times(13, (i) => `...F${i}`))}`,
  ),
  asked(
    'fragments that each spread all later ones',
    INVALID,
    `{...F0} ${fragments(18, 'Query', (i) => `a ${times(17 - i, (j) => `...F${i + 1 + j}`)}`)}`,
  ),
  asked(
    'fragments that each spread the next one twice',
    undefined,
    `{...F0} ${fragments(45, 'Query', (i) => (i < 44 ? `...F${i + 1} ...F${i + 1}` : '__typename'))}`,
  ),
  asked(
    'fragments that each hold the next one twice, in fields',
    INVALID,
    `{...F0} ${fragments(26, 'Query', (i) => (i < 25 ? times(2, () => `a{...F${i + 1}}`) : 'a'))}`,
  ),
  asked(
    'fragments that hold too many mutations between them',
    INVALID,
    `mutation{...F0} ${fragments(20, 'Mutation', (i) => `a${i}:login${login} ${i < 19 ? `...F${i + 1}` : ''}`)}`,
  ),
  asked(
    'one fragment spread again and again',
    undefined,
    filled('{', () => '...F', '} fragment F on Query{__typename}'),
  ),
  asked(
    'fragments that nothing spreads',
    INVALID,
    filled('{__typename}', (i) => `fragment F${i} on Query{a}`, ''),
  ),
  asked(
    'spreads of fragments that do not exist',
    INVALID,
    filled('{', (i) => `...F${i}`, '}'),
  ),
  asked('fragments with prototype names', INVALID, '{...__proto__ ...constructor ...toString}'),
  asked(
    'fragments with prototype names that exist',
    undefined,
    '{...__proto__} fragment __proto__ on Query{...constructor} fragment constructor on Query{__typename}',
  ),
];
