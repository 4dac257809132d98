import type { Expression } from '@nt/tensor';

/** 2⁻²⁵: half the distance of two uniform numbers, so that neither 0 nor 1 is met. Exact in float32 where it is added. */
const half = 2 ** -25;

const polynomial = (coefficients: readonly number[], x: Expression): Expression =>
  coefficients.reduceRight<Expression>(
    (rest, c, i) => (i === coefficients.length - 1 ? c : ['+', c, ['*', x, rest]]),
    0,
  );

/**
 * A standard normal number for a uniform one that is a multiple of 2⁻²⁴ in [0, 1): the quantile function to about 1e-7.
 * The tail is measured from the nearer end, since 1 − 2⁻²⁵ is not a float32.
 *
 * Source: Wichura 1988, algorithm AS 241, PPND7. Its farthest branch begins at 1.4e-11 and is never met.
 */
export function normalQuantile(
  uniform: Expression,
  define: (name: string, expression: Expression) => Expression,
): Expression {
  const centre = define('centre', ['+', ['-', uniform, 0.5], half]);
  const near = define('near', ['-', 0.180625, ['*', centre, centre]]);
  const tail = ['select', ['<', uniform, 0.5], ['+', uniform, half], ['-', ['-', 1, uniform], half]] as const;
  const far = define('far', ['-', ['sqrt', ['*', -1, ['log', tail]]], 1.6]);
  const inner: Expression = [
    '/',
    ['*', centre, polynomial([3.3871327179, 50.434271938, 159.29113202, 59.10937472], near)],
    polynomial([1, 17.895169469, 78.757757664, 67.1875636], near),
  ];
  const outer: Expression = [
    '/',
    polynomial([1.4234372777, 2.75681539, 1.3067284816, 0.17023821103], far),
    polynomial([1, 0.7370016425, 0.12021132975], far),
  ];
  return ['select', ['<=', ['abs', centre], 0.425], inner, ['*', ['sign', centre], outer]];
}
