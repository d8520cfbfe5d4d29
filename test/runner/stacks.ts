import type { Circus } from '@jest/types';

/**
 * Leaves the frames of a test in the stacks of its errors: jest takes out those whose function Node calls `<anonymous>`, as it
 * does every callback of `test`, and would show a line of this runner instead.
 */
export function keepFramesOfTests(event: Circus.Event): void {
  if (event.name !== 'test_done') return;
  for (const error of event.test.errors.flat() as unknown[]) {
    if (error instanceof Error && error.stack !== undefined) error.stack = readable(error.stack);
  }
}

const readable = (stack: string): string =>
  stack.replace(/\n +at .*\/test\/runner\/.*/g, '').replace(/ at <anonymous> \(/g, ' at Object.<anonymous> (');
