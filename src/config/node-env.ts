import { succeed } from '../domain/result.js';
import type { Parser } from './variable.js';

const MODES = ['development', 'test', 'production'];

export function isKnownMode(text: string): boolean {
  return MODES.includes(text);
}

/** A mistyped `production` must not open the simulator and the explorers: every unknown mode is production too. */
export function isProduction(text: string): boolean {
  return text === 'production' || !isKnownMode(text);
}

export const nodeEnv: Parser<boolean> = {
  bounds: MODES.map((mode) => `\`${mode}\``).join(', '),
  parse: (text) => succeed(isProduction(text)),
};
