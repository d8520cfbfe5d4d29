import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A service of compose.yaml, as far as tests look. */
export interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly user?: string;
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly configs: { readonly balancer: { readonly content: string } };
}

const source = readFileSync('compose.yaml', 'utf8');

/** compose.yaml with its anchors resolved. */
export const compose = parse(source, { merge: true }) as Compose;

/** The configuration of the balancer, as Compose hands it to nginx. */
export const balancerConfig = compose.configs.balancer.content.replaceAll('$$', '$');

/** The instructions of the Dockerfile, in their order, a continued line as one. */
export const dockerfile = readFileSync('Dockerfile', 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, instruction = '', argument = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    return { instruction, argument };
  });
