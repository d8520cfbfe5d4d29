import {
  getNamedType,
  graphql,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { emittedSchema } from './schema-files.js';

const schema = emittedSchema();
const ROOTS = [schema.getQueryType(), schema.getMutationType()].filter((type) => !!type);

/** A root field, and a member of the union that it answers. */
export type Member = readonly [field: string, member: string];

/** Every member of every result. */
export const MEMBERS: readonly Member[] = ROOTS.flatMap((root) =>
  Object.values(root.getFields()).flatMap(({ name, type }) => {
    const union = getNamedType(type);
    if (!isUnionType(union)) throw new Error(`${name} answers no union`);
    return union.getTypes().map((member): Member => [name, member.name]);
  }),
);

/** A document of a team's own, that asks for every field of every member of a root field's union. */
export function ownDocument(field: string): string {
  const root = ROOTS.find((type) => field in type.getFields());
  const found = root?.getFields()[field];
  if (root === undefined || found === undefined) throw new Error(`no root field ${field}`);
  const union = getNamedType(found.type);
  if (!isUnionType(union)) throw new Error(`${field} answers no union`);
  const success = union.getTypes().filter((type) => type.getInterfaces().length === 0);
  const input = found.args.map((argument) => String(argument.type)).join('');
  const [declared, passed] = input === '' ? ['', ''] : [`($input: ${input})`, '(input: $input)'];
  return `${root.name.toLowerCase()} Own_${field}${declared} {
    ${field}${passed} {
      __typename
      ${success.map((type) => `... on ${type.name} { ${selection(type)} }`).join(' ')}
      ... on UserError { code message remedy retryAfterSeconds }
    }
  }`;
}

function selection(type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .map(({ name, type: of }) => {
      const inner = getNamedType(of);
      return isObjectType(inner) ? `${name} { ${selection(inner)} }` : name;
    })
    .join(' ');
}

/** A gateway that answers every operation with one member. */
export interface OneMember {
  readonly fetch: typeof fetch;
  /** How many requests it had. */
  requests(): number;
  /** What it answers to a document. */
  answer(document: string, variables: object): Promise<unknown>;
}

export function answeringWith([field, member]: Member): OneMember {
  const rootValue = { [field]: example(schema.getType(member)) };
  let requests = 0;
  const answer = async (source: string, variables: object) => {
    const { data, errors } = await graphql({ schema, source, variableValues: { ...variables }, rootValue });
    if (errors !== undefined) throw new Error(errors.join());
    return JSON.parse(JSON.stringify(data)) as unknown;
  };
  return {
    answer,
    requests: () => requests,
    fetch: async (_url, init) => {
      requests += 1;
      const { query, variables } = JSON.parse(init?.body as string) as { query: string; variables: object };
      const body = JSON.stringify({ data: await answer(query, variables) });
      return new Response(body, { headers: { 'content-type': 'application/json' } });
    },
  };
}

/** A value of the type, different for each field. */
function example(type: GraphQLNamedType | undefined, name = ''): unknown {
  if (isObjectType(type)) {
    const fields = Object.values(type.getFields());
    return {
      __typename: type.name,
      ...Object.fromEntries(fields.map((field) => [field.name, example(getNamedType(field.type), field.name)])),
    };
  }
  if (isEnumType(type)) return type.getValues()[0]?.value;
  return type?.name === 'Int' || type?.name === 'UnixSeconds' ? 7 : type?.name === 'Boolean' ? true : `a ${name}`;
}

const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64');

/** Variables that every operation takes. */
export const INPUT: Readonly<Record<string, object>> = {
  login: { input: { code: 'a' } },
  decryptPhone: { input: { encryptedData: zeros(112), iv: zeros(16) } },
  exchangePhoneCode: { input: { code: 'a' } },
  resolveCloudPhone: { input: { cloudId: 'a' } },
};
