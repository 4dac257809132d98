import { type ElementwiseRule, elementwiseRule } from './elementwise-rule.ts';
import type { Expression } from './expression.ts';

/** Terms moved below 1 ≤ z by the recurrence Γ(x + 1) = x Γ(x) before Stirling's series is accurate. */
const shift = 8;
/** B₂ₖ / (2k (2k − 1)), k = 1 …: Stirling's series (Abramowitz & Stegun 6.1.40); at z ≥ 8 the rest is below 2e-14. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360];
/** B₂ₖ / 2k: the series of digamma (Abramowitz & Stegun 6.3.18). */
const digammaSeries = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760];

const horner = (coefficients: readonly number[], x: Expression): Expression =>
  coefficients.reduceRight<Expression>(
    (rest, c, i) => (i === coefficients.length - 1 ? c : ['+', c, ['*', x, rest]]),
    0,
  );
const sumOf = (terms: readonly Expression[]): Expression => terms.reduce((a, b) => ['+', a, b]);
const steps = Array.from({ length: shift }, (_, i) => i);

/** log Γ(x), x > 0: Stirling's series at x + 8, less log(x (x+1) … (x+7)) taken in pairs so that no product overflows. */
export const logGammaRule: ElementwiseRule<'x', never, 'y'> = elementwiseRule({
  name: 'logGamma',
  inputs: ['x'],
  scalars: [],
  definitions: [
    ['z', ['+', 'x', shift]],
    ['r', ['/', 1, 'z']],
    ['below', sumOf(steps.slice(0, shift / 2).map((i) => ['log', ['*', ['+', 'x', i], ['+', 'x', shift - 1 - i]]]))],
    ['main', ['+', ['-', ['*', ['-', 'z', 0.5], ['log', 'z']], 'z'], 0.5 * Math.log(2 * Math.PI)]],
  ],
  outputs: [['y', ['-', ['+', 'main', ['*', 'r', horner(stirling, ['*', 'r', 'r'])]], 'below']]],
});

/** Digamma, the derivative of log Γ, x > 0: the same shift. */
export const digammaRule: ElementwiseRule<'x', never, 'y'> = elementwiseRule({
  name: 'digamma',
  inputs: ['x'],
  scalars: [],
  definitions: [
    ['z', ['+', 'x', shift]],
    ['r', ['/', 1, 'z']],
    ['r2', ['*', 'r', 'r']],
    ['below', sumOf(steps.map((i) => ['/', 1, ['+', 'x', i]]))],
  ],
  outputs: [
    ['y', ['-', ['-', ['-', ['log', 'z'], ['*', 0.5, 'r']], ['*', 'r2', horner(digammaSeries, 'r2')]], 'below']],
  ],
});
