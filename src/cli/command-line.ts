import { parseArgs } from 'node:util';
import { variables } from '../config/variables.js';
import type { ReportFormat } from './check/report.js';
import { helpText } from './help.js';
import { version } from './node-version.js';

/** Result of the command line: to start, to check the configuration, or to print a text and exit with a status. */
export type Command =
  | { readonly start: true }
  | { readonly check: ReportFormat }
  | { readonly start: false; readonly text: string; readonly status: 0 | 2 };

const CHECKS: ReadonlyMap<string, ReportFormat> = new Map([
  ['--check', 'text'],
  ['--check=json', 'json'],
]);

/**
 * Parses the command line. Settings are not accepted there, since secrets would show in the process list.
 *
 * @param args without the program's name
 */
export function readCommandLine(args: readonly string[]): Command {
  const checks = args.flatMap((arg) => CHECKS.get(arg) ?? []);
  const others = args.filter((arg) => !CHECKS.has(arg));
  try {
    const { values } = parseArgs({
      args: others,
      options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } },
    });
    if (values.help === true) return { start: false, text: helpText(), status: 0 };
    if (values.version === true) return { start: false, text: `${version}\n`, status: 0 };
    const [check] = checks;
    return check === undefined ? { start: true } : { check };
  } catch {
    const [unknown = ''] = others.filter((arg) => !KNOWN.has(arg));
    return { start: false, text: `weixin-phone-gateway cannot start. ${refusal(unknown)}\n`, status: 2 };
  }
}

const KNOWN = new Set(['--help', '-h', '--version', '-v']);

/** Names the option and the remedy. The text after `=` may be a secret and is not repeated. */
function refusal(argument: string): string {
  const [option = ''] = argument.split('=', 1);
  if (option === '--check') return 'It knows --check and --check=json.';
  const asVariable = option.replace(/^-+/, '').replaceAll('-', '_').toUpperCase();
  const hint = variables.some(({ name }) => name === asVariable)
    ? `Set the environment variable ${asVariable} instead.`
    : 'Settings are environment variables: --help lists them.';
  return argument.startsWith('-') ? `It does not know ${option}. ${hint}` : `It takes no arguments. ${hint}`;
}
