import { type Env, textOf } from './env-reader.js';
import { variables } from './variables.js';

/** Prefixes of the gateway's own variables. Others, such as PORT, are shared by too many programs. */
const OWN = /^(WEIXIN|REDIS|PROOF|SESSIONS?|BACKEND)_/;

/** Names with such a prefix that other programs set. SESSION_MANAGER is the X11 session's. */
const FOREIGN = new Set(['SESSION_MANAGER']);

/**
 * Warns about unknown variables with a prefix of the gateway, each with the nearest known name. Shows names, never
 * values.
 */
export function unknownVariables(env: Env): readonly string[] {
  const known = variables.map(({ name }) => name);
  return Object.keys(env)
    .filter((name) => OWN.test(name) && !known.includes(name) && textOf(env, name) !== undefined)
    .filter((name) => !FOREIGN.has(name) && !isOfKubernetes(env, name))
    .map((name) => `${name} is no variable of the gateway and has no effect. Did you mean ${nearest(name, known)}?`);
}

/** Whether Kubernetes set this variable: for a service `redis` it sets REDIS_SERVICE_HOST, REDIS_PORT and more. */
function isOfKubernetes(env: Env, name: string): boolean {
  const [, service] = /^(.+?)_(?:SERVICE_HOST|SERVICE_PORT|PORT)(?:_|$)/.exec(name) ?? [];
  return service !== undefined && env[`${service}_SERVICE_HOST`] !== undefined;
}

function nearest(name: string, known: readonly string[]): string {
  return known.reduce((best, candidate) => (similarity(name, candidate) > similarity(name, best) ? candidate : best));
}

/** Dice's coefficient of the pairs of letters. Unlike the edit distance, it tolerates a missing word. */
function similarity(a: string, b: string): number {
  const [pairsOfA, pairsOfB] = [pairs(a), pairs(b)];
  const common = [...pairsOfA].filter((pair) => pairsOfB.has(pair)).length;
  return (2 * common) / (pairsOfA.size + pairsOfB.size);
}

function pairs(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)));
}
