import { pathToFileURL } from 'node:url';
import { join, relative } from 'node:path';
import { jestExpect as expect } from '@jest/expect';
import type { TestResult } from '@jest/test-result';
import type { Circus, Config } from '@jest/types';
import { ModuleMocker } from 'jest-mock';
import circus, { addEventHandler, getState, resetState, run } from 'jest-circus';
import { keepFramesOfTests } from './stacks.js';
import { toTestResult } from './test-result.js';

/*
 * Runs a test file with Node's own module loader. Jest's loader evaluates the thousand modules of a gateway anew for each
 * file, which costs four seconds a time; here the files that a worker runs share them. So no file may change a module's state.
 */

type GlobalConfig = Config.GlobalConfig;
type ProjectConfig = Config.ProjectConfig;

const mocker = new ModuleMocker(globalThis);
const jest = {
  setTimeout: (ms: number) => (getState().testTimeout = ms),
  fn: mocker.fn.bind(mocker),
  spyOn: mocker.spyOn.bind(mocker),
};

Object.assign(globalThis, circus, { expect, jest });
process.setSourceMapsEnabled(true);
// Coverage is measured in here, not in the gateways that tests start.
delete process.env['NODE_V8_COVERAGE'];
addEventHandler(checkExpectations);
addEventHandler(keepFramesOfTests);

/** A test runner for jest: see https://jestjs.io/docs/configuration#testrunner-string. */
export async function runFile(
  options: GlobalConfig,
  config: ProjectConfig,
  _environment: unknown,
  _runtime: unknown,
  path: string,
): Promise<TestResult> {
  if (options.watch || options.watchAll) throw new Error('Modules stay loaded: start jest anew for each run.');
  // Jest has set one that reads no source maps but those of its own loader.
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  resetState();
  const state = getState();
  state.testTimeout = options.testTimeout ?? state.testTimeout;
  if (options.testNamePattern) state.testNamePattern = new RegExp(options.testNamePattern, 'i');
  expect.setState({ testPath: path, expand: options.expand });
  const result = await catching(async () => {
    await import(pathToFileURL(compiled(path, config.rootDir)).href);
    return run();
  });
  return toTestResult(result, { path, options, config });
}

const compiled = (path: string, root: string): string =>
  join(root, 'dist-test', relative(root, path)).replace(/\.ts$/, '.js');

/** Errors that nothing catches fail the file that runs. */
async function catching<T>(work: () => Promise<T>): Promise<T> {
  const { unhandledErrors } = getState();
  const record = (error: Error): void => void unhandledErrors.push(error);
  process.on('uncaughtException', record).on('unhandledRejection', record);
  try {
    return await work();
  } finally {
    process.off('uncaughtException', record).off('unhandledRejection', record);
  }
}

/** What jest's own runner does for `expect.assertions` and for matchers that do not throw. */
function checkExpectations(event: Circus.Event): void {
  if (event.name === 'test_start') expect.setState({ suppressedErrors: [], currentTestName: event.test.name });
  if (event.name === 'test_done') {
    event.test.errors.push(...expect.getState().suppressedErrors);
    event.test.errors.push(...expect.extractExpectedAssertionsErrors().map(({ error }) => error));
  }
}
