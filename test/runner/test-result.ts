import { type AssertionResult, createEmptyTestResult, type TestResult } from '@jest/test-result';
import type { Circus, Config } from '@jest/types';
import { formatExecError, formatResultsErrors } from 'jest-message-util';

export interface TestFile {
  readonly path: string;
  readonly options: Config.GlobalConfig;
  readonly config: Config.ProjectConfig;
}

/** What jest-circus tells of a file, in the form that jest reports. */
export function toTestResult(
  { testResults, ...run }: Circus.RunResult,
  { path, options, config }: TestFile,
): TestResult {
  const results = testResults.map(toAssertionResult);
  const count = (status: AssertionResult['status']) => results.filter((result) => result.status === status).length;
  const failures = [
    formatResultsErrors(results, config, options, path),
    ...run.unhandledErrors.map((stack) => formatExecError({ message: '', stack }, config, options, path)),
  ].filter((text) => text !== null);
  const result: TestResult = {
    ...createEmptyTestResult(),
    testFilePath: path,
    testResults: results,
    numPassingTests: count('passed'),
    numFailingTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    failureMessage: failures.length > 0 ? failures.join('\n') : null,
  };
  const [stack] = run.unhandledErrors;
  return stack === undefined ? result : { ...result, testExecError: { message: '', stack } };
}

function toAssertionResult(test: Circus.TestResult): AssertionResult {
  const [, ...path] = test.testPath;
  return {
    ancestorTitles: path.slice(0, -1),
    title: path.at(-1) ?? '',
    fullName: path.join(' '),
    status: statusOf(test),
    duration: test.duration ?? null,
    failureDetails: [...test.errorsDetailed],
    failureMessages: [...test.errors],
    invocations: test.invocations,
    location: test.location ?? null,
    numPassingAsserts: test.numPassingAsserts,
    retryReasons: [...test.retryReasons],
  };
}

function statusOf({ status, errors }: Circus.TestResult): AssertionResult['status'] {
  if (status === 'skip') return 'pending';
  if (status === 'todo') return 'todo';
  return errors.length > 0 ? 'failed' : 'passed';
}
