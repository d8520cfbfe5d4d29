import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import type { ValidationRule } from 'graphql';
import { operationTypesRule } from './operation-types.js';
import { rootFieldsRule } from './root-fields.js';

/** Tokens of a document; the largest shipped operation has about 60. */
export const MAX_TOKENS = 500;

/** Levels of fields; the deepest shipped operation has 3. */
export const MAX_DEPTH = 8;

/**
 * Validation stops at this many errors; graphql-js's own bound is 100. A person reads the first few, and each one costs
 * more than the token that caused it.
 */
export const MAX_VALIDATION_ERRORS = 10;

/** Validation rules beyond those of the specification. If introspection is on, its depth is not limited. */
export function documentRules(introspection: boolean): ValidationRule[] {
  return [
    operationTypesRule,
    rootFieldsRule,
    maxDepthRule({
      n: MAX_DEPTH,
      ignoreIntrospection: introspection,
      flattenFragments: true,
      propagateOnRejection: false,
      onReject: [(context, error) => context?.reportError(error)],
    }),
  ];
}
