/** Operations of two numbers. Comparisons give 1 or 0, and 0 when either side is NaN (`!=`: 1). */
export const binaryOperations = ['+', '-', '*', '/', 'min', 'max', 'pow', '<', '<=', '>', '>=', '==', '!='] as const;

/** Operations of one number. `sign(0)` is 0. */
export const unaryOperations = ['sqrt', 'rsqrt', 'exp', 'log', 'abs', 'sign'] as const;

/** One of `binaryOperations`. */
export type BinaryOperation = (typeof binaryOperations)[number];
/** One of `unaryOperations`. */
export type UnaryOperation = (typeof unaryOperations)[number];

/**
 * An expression over one element: a constant, a name (input, scalar or earlier definition) or an operation.
 * `min` and `max` are NaN when either side is. `['select', condition, a, b]` is `a` where condition ≠ 0, else `b`.
 *
 * The language is closed on purpose: whatever is written in it runs on every engine, in one pass.
 */
export type Expression =
  | number
  | string
  | readonly [UnaryOperation, Expression]
  | readonly [BinaryOperation, Expression, Expression]
  | readonly ['select', Expression, Expression, Expression];

/** Calls `visit` for every name that `expression` mentions. */
export function visitNames(expression: Expression, visit: (name: string) => void): void {
  if (typeof expression === 'string') visit(expression);
  else if (typeof expression !== 'number') {
    for (const operand of expression.slice(1) as Expression[]) visitNames(operand, visit);
  }
}
