import { type VariableRow, variables } from '../config/variables.js';

/** Width of the text in columns. */
const WIDTH = 100;
const INDENT = '      ';
/** Longer names push their line to the right. */
const NAME_WIDTH = 30;

/** The text of --help, with every variable of the configuration. */
export function helpText(): string {
  return `Usage: weixin-phone-gateway [--check[=json]] [--help] [--version]

Logs Weixin Mini Program users in and hands out verified phone numbers through a GraphQL API.
Without any setting it starts on 127.0.0.1:4000 with a simulator in Weixin's place.
SIGTERM or Ctrl-C stops it after the requests in flight.

--check starts nothing: it tries the variables, the proof keys, Redis, Weixin and the clock, changes
nothing, and ends with status 0 if all is well. --check=json prints the same as JSON.

Environment variables, accepted values [default]:
${variables.map(entry).join('\n')}
`;
}

function entry({ name, bounds, default: byDefault, meaning }: VariableRow): string {
  const head = `  ${name.padEnd(NAME_WIDTH)}  ${bounds}${byDefault === undefined ? '' : ` [${byDefault}]`}`;
  const lines = wrapped(meaning, WIDTH - INDENT.length).map((line) => INDENT + line);
  return [head, ...lines].join('\n').replaceAll('`', '');
}

/** Lines of at most this many characters, broken between words. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width) lines.push(line);
    line = longer.length > width ? word : longer;
  }
  return [...lines, line];
}
