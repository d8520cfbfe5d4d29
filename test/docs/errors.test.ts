import 'reflect-metadata';
import type { Failure, FailureCode } from '../../src/domain/failure.js';
import { answerTo } from '../../src/graphql/errors/answers.js';
import { ErrorCode } from '../../src/graphql/errors/user-error.js';
import { codeIn, readme } from '../harness/readme.js';

const COLUMNS = ['code', 'union member', 'cause', 'remedy', 'what the Mini Program does'] as const;
const rows = readme.section('Errors').table(...COLUMNS);
const codeOf = (row: Readonly<Record<string, string>>) => codeIn(row['code'])[0] as FailureCode;

/** Every failure with this code: what to do about a code depends on where it came from. */
function failures(code: FailureCode): readonly Failure[] {
  if (code === 'CODE_INVALID' || code === 'CODE_ALREADY_USED') {
    return [
      { code, origin: 'WX_LOGIN' },
      { code, origin: 'TAP' },
    ];
  }
  if (code === 'RATE_LIMITED' || code === 'SERVICE_UNAVAILABLE') return [{ code, retryAfterSeconds: 1 }];
  return [{ code }];
}

test('the error table has every ErrorCode, once, and no other', () => {
  expect(rows.map(codeOf).toSorted()).toEqual(Object.values(ErrorCode).toSorted());
});

test.each(rows.map((row) => ({ code: codeOf(row), row })))(
  'the error table gives $code the union member and the remedies that the gateway answers with',
  ({ code, row }) => {
    const answers = failures(code).map((failure) => answerTo(failure));
    expect(codeIn(row['union member'])).toEqual([...new Set(answers.map(({ __typename }) => __typename))]);
    const written = codeIn(row['remedy']).filter((word) => /^[A-Z_]+$/.test(word));
    expect(written).toEqual([...new Set(answers.map(({ remedy }) => remedy as string))]);
  },
);

test.each(rows)('no cell is empty in the row of $code', (row) => {
  expect(Object.keys(row)).toEqual(COLUMNS);
  expect(Object.values(row)).not.toContain('');
});
