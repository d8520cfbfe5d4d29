import { filled, nested } from './filled.js';
import { asked, type HostileRequest } from './hostile-request.js';

const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const UNPARSED = 'GRAPHQL_PARSE_FAILED';

/** Hostile documents: by depth, values, definitions or characters. */
export const documents: readonly HostileRequest[] = [
  asked('fields inside fields', INVALID, nested('a{', 'a', '}')),
  asked('inline fragments inside inline fragments', undefined, nested('...{', '__typename', '}')),
  asked('lists inside lists', INVALID, `mutation{login(input:${'['.repeat(240)}${']'.repeat(240)}){__typename}}`),
  asked(
    'objects inside objects',
    INVALID,
    `mutation{login(input:${'{a:'.repeat(110)}1${'}'.repeat(110)}){__typename}}`,
  ),
  asked('a list of a type inside lists', INVALID, `query($a:${'['.repeat(240)}Int${']'.repeat(240)}){__typename}`),
  asked('10,000 braces', 'BAD_REQUEST', '{'.repeat(10_000)),
  asked('braces that nothing closes', UNPARSED, '{a'.repeat(249)),

  asked(
    'directives that do not exist',
    INVALID,
    filled('{__typename', (i) => `@a${i}`, '}'),
  ),
  asked(
    'one directive, again and again',
    INVALID,
    filled('{__typename', () => '@include(if:true)', '}'),
  ),
  asked(
    'directives on the operation',
    INVALID,
    filled('query', () => '@skip(if:true)', '{__typename}'),
  ),
  asked(
    'variables that nothing uses',
    INVALID,
    filled('query(', (i) => `$v${i}:Int`, '){__typename}'),
  ),
  asked(
    'variables of types that do not exist',
    INVALID,
    filled('query(', (i) => `$v${i}:T${i}`, '){__typename}'),
  ),
  asked(
    'one variable, again and again',
    INVALID,
    filled('query(', () => '$v:Int', '){__typename}'),
  ),
  asked(
    'variables that are not declared',
    INVALID,
    filled('{', (i) => `a${i}:session(a:$v${i}){a}`, '}'),
  ),
  asked('2,000 variables', UNPARSED, `query(${'$v:T '.repeat(1_600)}){__typename}`),
  asked(
    'arguments that do not exist',
    INVALID,
    filled('{session(', (i) => `a${i}:1`, '){__typename}}'),
  ),
  asked(
    'a huge list',
    INVALID,
    filled('mutation{login(input:[', () => '1', ']){__typename}}'),
  ),
  asked(
    'a huge list of codes',
    INVALID,
    filled('mutation{login(input:{code:[', () => '1', ']}){__typename}}'),
  ),
  asked(
    'an input of many fields',
    INVALID,
    filled('mutation{login(input:{', (i) => `f${i}:1`, '}){__typename}}'),
  ),
  asked(
    'one input field, again and again',
    INVALID,
    filled('mutation{login(input:{', () => 'code:1', '}){__typename}}'),
  ),
  asked('a number of 8,000 digits', INVALID, `mutation{login(input:{code:${'9'.repeat(8_000)}}){__typename}}`),
  asked('a number that no float holds', INVALID, 'mutation{login(input:{code:1e400}){__typename}}'),
  asked(
    'operations without names',
    INVALID,
    filled('', () => '{__typename}', ''),
  ),
  asked(
    'operations of one name',
    INVALID,
    filled('', () => 'query Q{__typename}', ''),
  ),
  asked(
    'definitions of types',
    INVALID,
    filled('{__typename}', (i) => `type T${i}{a:Int}`, ''),
  ),
  asked('a subscription', INVALID, 'subscription{login{__typename}}'),
  asked('fields with prototype names', INVALID, '{__proto__ constructor toString hasOwnProperty valueOf}'),
  asked('variables with prototype names', INVALID, 'query($__proto__:Int $constructor:Int){__typename}'),

  asked('8 KiB of comments', undefined, '{__typename}'.padEnd(8_180, '#\n')),
  asked('8 KiB of commas', undefined, '{__typename}'.padEnd(8_180, ',')),
  asked('8 KiB and a byte of comments', 'BAD_REQUEST', '{__typename}'.padEnd(8_193, '#')),
  asked('an escape that does not end', UNPARSED, '{session(a:"\\u{10FFFF'),
  asked('half of a surrogate pair, as an escape', UNPARSED, '{session(a:"\\uD83D")}'),
  asked('half of a surrogate pair, as it is', UNPARSED, '{session(a:"\uD83D")}'),
  asked('a code point that Unicode has not', UNPARSED, '{session(a:"\\u{110000}")}'),
  asked('a NUL', UNPARSED, '{__typename\0}'),
  asked('a BOM inside', undefined, '\uFEFF{__typename}'),
  asked('an operation of another name', 'OPERATION_RESOLUTION_FAILURE', 'query Q{session{__typename}}', {
    operationName: 'R',
  }),
  asked('an operation with a prototype name', 'OPERATION_RESOLUTION_FAILURE', '{session{__typename}}', {
    operationName: '__proto__',
  }),
  asked('no operation', INVALID, 'fragment F on Query{__typename}'),
];
