import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLUnionType, parse, validate } from 'graphql';
import { codeIn, page } from '../harness/documents.js';

const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const fields = { ...schema.getQueryType()?.getFields(), ...schema.getMutationType()?.getFields() };
const operations = page('docs/operations.md');

test('there is a section for each operation of the schema, and no other', () => {
  const sections = operations.headings().filter(({ level }) => level === 2);
  expect(sections.map(({ text }) => text).toSorted()).toEqual(Object.keys(fields).toSorted());
});

describe.each(Object.values(fields))('the section on $name', ({ name, type }) => {
  const section = operations.section(name);

  test('has each member of its union, the success first', () => {
    const union = schema.getType(String(type).replace('!', '')) as GraphQLUnionType;
    const [[, ...rows] = []] = section.tables();
    const members = rows.flatMap(([member = '']) => codeIn(member));
    expect(members.toSorted()).toEqual(
      union
        .getTypes()
        .map((member) => member.name)
        .toSorted(),
    );
    expect(members[0]).not.toMatch(/Error$/);
  });

  test('has an example that fits the schema', () => {
    const [example = ''] = section.blocks('graphql');
    expect(validate(schema, parse(example))).toEqual([]);
    expect(example).toContain(name);
  });
});
