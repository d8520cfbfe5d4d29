import { type CommandParser, defineScript } from 'redis';

/** KEYS are the script's keys, ARGV its arguments. */
export function script<R>(source: string, transformReply: (reply: unknown) => R) {
  return defineScript({
    SCRIPT: source,
    parseCommand(parser: CommandParser, keys: readonly string[], args: readonly string[]) {
      parser.pushKeysLength([...keys]);
      parser.push(...args);
    },
    transformReply,
  });
}
