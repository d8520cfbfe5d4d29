import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  Source,
  TokenKind,
  validate,
  visit,
} from 'graphql';
import { documentRules, MAX_TOKENS } from '../../src/graphql/limits/document-limits.js';
import { emittedSchema, emittedSdl, shippedOperations } from '../harness/schema-files.js';

const schema = emittedSchema();
const operations = shippedOperations();

/** Fields that an operation leaves out on purpose: a proof costs a signature, so there is a second operation for it. */
const LEFT_OUT: readonly string[] = [
  'decrypt-phone: PhoneNumber.proof',
  'exchange-phone-code: PhoneNumber.proof',
  'resolve-cloud-phone: PhoneNumber.proof',
  'session: Session.proof',
];

const { definitions } = parse(emittedSdl());
const objectTypes = definitions.filter((type) => type.kind === Kind.OBJECT_TYPE_DEFINITION);
const unionTypes = definitions.filter((type) => type.kind === Kind.UNION_TYPE_DEFINITION);

interface Named {
  readonly name: { readonly value: string };
}
const namesOf = (nodes: readonly Named[] = []) => nodes.map(({ name }) => name.value);
const find = <T extends Named>(types: readonly T[], name: string) => types.find((type) => type.name.value === name);

/** The fields of an object type. */
const fieldsOf = (type: string) => namesOf(find(objectTypes, type)?.fields);
const isFailure = (type: string) => namesOf(find(objectTypes, type)?.interfaces).includes('UserError');

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const [operation, ...more] = document.definitions.filter(({ kind }) => kind !== Kind.FRAGMENT_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || more.length > 0) throw new Error('not one operation');
  return operation;
}

/** The one root field of an operation. */
function rootField(document: DocumentNode): FieldNode {
  const [field, ...more] = operationOf(document).selectionSet.selections;
  if (field?.kind !== Kind.FIELD || more.length > 0) throw new Error('not one root field');
  return field;
}

/** The members of the union that an operation answers. */
function membersOf(document: DocumentNode): string[] {
  const root = operationOf(document).operation === OperationTypeNode.QUERY ? 'Query' : 'Mutation';
  const type = find(find(objectTypes, root)?.fields ?? [], rootField(document).name.value)?.type;
  if (type?.kind !== Kind.NON_NULL_TYPE || type.type.kind !== Kind.NAMED_TYPE) throw new Error('no result');
  return namesOf(find(unionTypes, type.type.name.value)?.types);
}

/** The selections of a fragment, inline or by name. */
function inside(
  selection: InlineFragmentNode | FragmentSpreadNode,
  document: DocumentNode,
): FragmentDefinitionNode | InlineFragmentNode {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  const named = document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
  );
  if (named?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`no fragment ${selection.name.value}`);
  return named;
}

/** The fragments of an operation: the type that each is for, and the fields that it selects. */
function fragmentsOf(document: DocumentNode): [type: string, fields: string[]][] {
  return (rootField(document).selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [];
    const { typeCondition, selectionSet } = inside(selection, document);
    return [[typeCondition?.name.value ?? '', fieldsIn(selectionSet, document)]];
  });
}

function fieldsIn({ selections }: SelectionSetNode, document: DocumentNode): string[] {
  return selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? selection.name.value : fieldsIn(inside(selection, document).selectionSet, document),
  );
}

test('there is an operation for every root field', () => {
  const covered = operations.map(([, source]) => rootField(parse(source)).name.value);
  expect([...new Set(covered)].sort()).toEqual([...fieldsOf('Query'), ...fieldsOf('Mutation')].sort());
});

describe.each(operations)('%s', (name, source) => {
  const document = parse(source);

  test('it has a name, which is that of its file, and validates under every rule of the gateway', () => {
    const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    expect(operationOf(document).name?.value).toBe(words.join(''));
    expect(validate(schema, document)).toEqual([]);
    expect(validate(schema, document, documentRules(false))).toEqual([]);
  });

  test('it asks for the type of the result, for every union member and for every field of it', () => {
    const selections = rootField(document).selectionSet?.selections ?? [];
    expect(selections[0]).toMatchObject({ kind: Kind.FIELD, name: { value: '__typename' } });
    const missing = membersOf(document).flatMap((member) => {
      const fragments = fragmentsOf(document).filter(
        ([type]) => type === member || (type === 'UserError' && isFailure(member)),
      );
      const selected = fragments.flatMap(([, fields]) => fields);
      return fieldsOf(member)
        .filter((field) => !selected.includes(field))
        .map((field) => `${name}: ${member}.${field}`);
    });
    expect(missing).toEqual(LEFT_OUT.filter((field) => field.startsWith(`${name}: `)));
  });

  test('every member but the success is a failure, and the interface alone matches it: a later one is matched too', () => {
    const [success, ...more] = membersOf(document).filter((member) => !isFailure(member));
    expect(more).toEqual([]);
    expect(fragmentsOf(document).map(([type]) => type)).toEqual([success, 'UserError']);
  });

  test('it takes less than half of each limit', () => {
    expect(tokens(source)).toBeLessThan(MAX_TOKENS / 2);
    expect(depth(document)).toBeLessThanOrEqual(4);
    expect(Buffer.byteLength(source)).toBeLessThan(4096);
  });
});

function tokens(source: string): number {
  const lexer = new Lexer(new Source(source));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) count++;
  return count;
}

function depth(document: DocumentNode): number {
  let level = 0;
  let deepest = 0;
  visit(document, {
    Field: {
      enter() {
        level += 1;
        deepest = Math.max(deepest, level);
      },
      leave() {
        level -= 1;
      },
    },
  });
  return deepest;
}
