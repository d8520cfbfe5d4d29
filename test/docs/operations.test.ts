import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLUnionType, parse, validate } from 'graphql';
import { codeIn, readme } from '../harness/readme.js';

const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const fields = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };
const section = readme.section('Operations');

test('the operations that are described are the operations of the schema', () => {
  expect(section.headings().toSorted()).toEqual(Object.keys(fields).toSorted());
});

describe.each(Object.values(fields))('the section on $name', ({ name, type }) => {
  test('has each member of its union, once, and no other', () => {
    const union = schema.getType(String(type).replace('!', '')) as GraphQLUnionType;
    const rows = section.section(name).table('member', 'here it means');
    const members = union.getTypes().map((member) => member.name);
    expect(rows.map((row) => codeIn(row['member'])[0]).toSorted()).toEqual(members.toSorted());
  });

  test('has the success first', () => {
    const [first] = section.section(name).table('member', 'here it means');
    expect(first?.['member']).not.toContain('Error');
  });
});

const documents = readme.blocks('graphql').map((document) => ({ document, title: document.split('\n')[1]?.trim() }));

test.each(documents)('the example of $title fits the schema', ({ document }) => {
  expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
});

test('every claim of a proof is described', () => {
  const source = readFileSync(new URL('../../src/phones/proof-signer.ts', import.meta.url), 'utf8');
  const claims = readme
    .section('Proofs')
    .table('claim', 'value')
    .flatMap((row) => codeIn(row['claim']));
  const own = [...source.matchAll(/^ {6}(\w+): /gm)].map(([, claim]) => claim ?? '');
  expect(claims.toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sub', ...own].toSorted());
});
