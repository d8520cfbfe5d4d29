import { succeed } from '../domain/result.js';
import type { Parser } from './variable.js';

const MODES = ['development', 'test', 'production'];

export function isKnownMode(text: string): boolean {
  return MODES.includes(text);
}

/**
 * Whether the text means production. Unknown modes do: a mistyped `production` must not enable the simulator and the
 * explorers.
 */
export function isProduction(text: string): boolean {
  return text === 'production' || !isKnownMode(text);
}

export const nodeEnv: Parser<boolean> = {
  bounds: MODES.map((mode) => `\`${mode}\``).join(', '),
  parse: (text) => succeed(isProduction(text)),
};
