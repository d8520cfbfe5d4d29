import { readdir, readFile } from 'node:fs/promises';
import { concatAST, type DocumentNode, Kind, parse, print, separateOperations } from 'graphql';
import { PACKAGE_ROOT } from '../../package-root.js';

/** Values from a phone, for the variables of operations. */
export interface ExampleValues {
  /** A fresh code of wx.login. */
  readonly code: () => string;
  /** Members of `e.detail` of a fresh tap on the button. */
  readonly tap: () => TapValues;
  /** The Mini Programs served; if there are several, a login must name one. */
  readonly appIds: readonly string[];
}

export interface TapValues {
  readonly encryptedData: string;
  readonly iv: string;
  readonly code: string;
  readonly cloudID: string;
}

/** A shipped operation as an explorer opens it. */
export interface ReadyOperation {
  readonly name: string;
  readonly document: string;
  /** Name of the one root field. */
  readonly field: string;
}

/** An operation with variables. */
export interface RunnableOperation {
  readonly name: string;
  readonly document: string;
  readonly variables: object;
}

/** Content of the explorers. */
export interface Explorer {
  readonly operations: readonly ReadyOperation[];
  readonly values: ExampleValues;
}

const FOLDER = new URL('schema/operations/', PACKAGE_ROOT);

/** Variables of an operation by its root field. */
const VARIABLES: Readonly<Record<string, (values: ExampleValues) => object>> = {
  login: ({ code, appIds }) => ({ input: { code: code(), ...(appIds.length > 1 && { appId: appIds[0] }) } }),
  decryptPhone: ({ tap }) => {
    const { encryptedData, iv } = tap();
    return { input: { encryptedData, iv } };
  },
  exchangePhoneCode: ({ tap }) => ({ input: { code: tap().code } }),
  resolveCloudPhone: ({ tap }) => ({ input: { cloudId: tap().cloudID } }),
  logout: () => ({ input: { everywhere: false } }),
};
const ORDER = ['login', 'decryptPhone', 'exchangePhoneCode', 'resolveCloudPhone', 'checkSession', 'session', 'logout'];

/** The shipped operations, each with the fragments that it uses, login first. */
export async function readOperations(): Promise<readonly ReadyOperation[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.graphql'));
  const documents = await Promise.all(files.map(async (file) => parse(await readFile(new URL(file, FOLDER), 'utf8'))));
  const operations = Object.values(separateOperations(concatAST(documents))).map(operation);
  const place = ({ field }: ReadyOperation) => ORDER.indexOf(field);
  return operations.toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

/** Operations with new variables, for each visit of a page. */
export function readyToRun({ operations, values }: Explorer): readonly RunnableOperation[] {
  // One code for every login of a visit: another one would replace the key of the data beside it.
  const code = values.code();
  const ofThisVisit = { ...values, code: () => code };
  return operations.map((operation) => ({
    name: operation.name,
    document: operation.document,
    variables: exampleVariables(operation, ofThisVisit),
  }));
}

/** New variables for an operation: a code works once, and a tap expires within minutes. */
export function exampleVariables({ field }: ReadyOperation, values: ExampleValues): object {
  return VARIABLES[field]?.(values) ?? {};
}

function operation(document: DocumentNode): ReadyOperation {
  const definition = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const selection = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections[0] : undefined;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || selection?.kind !== Kind.FIELD) {
    throw new Error('A shipped operation has one root field.');
  }
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return {
    name: definition.name?.value ?? '',
    document: print({ kind: Kind.DOCUMENT, definitions: [definition, ...fragments] }),
    field: selection.name.value,
  };
}
