import { parse } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { CompiledDocuments } from '../../src/graphql/execution/compiled-documents.js';
import { objectPrototypeNames } from '../harness/object-prototype-names.js';
import { emittedSchema, shippedOperations } from '../harness/schema-files.js';

const schema = emittedSchema();

/** Returns which of this number of look-ups find the document compiled. */
function compiledAt(documents: CompiledDocuments, source: string, looks = 5): number[] {
  const document = parse(source);
  const all = Array.from({ length: looks }, (_, i) => i + 1);
  return all.filter(() => documents.find(schema, source, document) !== undefined);
}

test.each(shippedOperations())('%s is compiled at its third use', (_name, source) => {
  expect(compiledAt(new CompiledDocuments(), source)).toEqual([3, 4, 5]);
});

test.each([
  ['a string', 'mutation{login(input:{code:"a"}){__typename}}'],
  ['an object', 'mutation($code:String!){login(input:{code:$code}){__typename}}'],
  ['null', 'mutation{logout(input:null){__typename}}'],
  ['a default value', 'mutation($input:LogoutInput={}){logout(input:$input){__typename}}'],
  ['a directive', 'query($no:Boolean!){session @include(if:$no){__typename}}'],
  ['an alias', '{s:session{__typename}}'],
  ['a name of the language underneath', '{session{__proto__:__typename}}'],
  ['a variable with such a name', 'query($__proto__:Int){session{__typename}}'],
  ['an operation with such a name', 'query __proto__{session{__typename}}'],
  ['introspection', '{__schema{queryType{name}}}'],
  ['a variable named like a member of Object.prototype', 'query($toString:Int){session{__typename}}'],
  ['a fragment with such a name', '{session{...valueOf}} fragment valueOf on UserError{code}'],
  ['more than 1,500 characters', `{session{__typename}}#${'x'.repeat(1_500)}`],
  ['two operations', 'query A{session{__typename}} query B{session{__typename}}'],
])('a document with %s is never compiled', (_what, source) => {
  expect(compiledAt(new CompiledDocuments(), source)).toEqual([]);
});

test.each(objectPrototypeNames)(
  'a document with a variable named %s, a member of Object.prototype, is never compiled',
  (name) => {
    expect(
      compiledAt(new CompiledDocuments(), `mutation($${name}:LoginInput!){login(input:$${name}){__typename}}`),
    ).toEqual([]);
  },
);

test('a string that graphql-jit would run as code is not run', () => {
  const marks = globalThis as { ran?: number };
  marks.ran = 0;
  // Prefix that graphql-jit writes for a Date; its generated code continues with the rest of the string.
  const literal = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.ran++';
  const source = `mutation{login(input:{code:"${literal}"}){__typename}}`;
  compiledAt(new CompiledDocuments(), source);
  expect(marks.ran).toBe(0);

  // Without the guard it would run. If this fails, graphql-jit has been fixed.
  const compiled = compileQuery(schema, parse(source));
  if (isCompiledQuery(compiled)) void compiled.query(undefined, {}, {});
  expect(marks.ran).toBe(1);
});

test('a document with named fragments is compiled', () => {
  const source = '{session{...F}} fragment F on UserError{code ...G} fragment G on UserError{message}';
  expect(compiledAt(new CompiledDocuments(), source)).toEqual([3, 4, 5]);
});

test('100 documents are remembered: an evicted one is counted from zero again', () => {
  const documents = new CompiledDocuments();
  const others = (count: number) => {
    for (let i = 0; i < count; i += 1) compiledAt(documents, `query Other${i}{session{__typename}}`, 1);
  };
  const source = '{session{__typename}}';
  expect(compiledAt(documents, source, 3)).toEqual([3]);
  others(99);
  expect(compiledAt(documents, source, 1)).toEqual([1]);
  others(100);
  expect(compiledAt(documents, source, 3)).toEqual([3]);
});
