import { type ElementwiseRule, elementwiseRule } from '../../rules/elementwise-rule.ts';

type AdamScalar = 'learningRate' | 'correction1' | 'correction2';

/** Adam's update with the usual constants: the rule that optimizers run most. */
export const adamRule: ElementwiseRule<'w' | 'g' | 'm' | 'v', AdamScalar, 'w' | 'm' | 'v'> = elementwiseRule({
  name: 'adam',
  inputs: ['w', 'g', 'm', 'v'],
  scalars: ['learningRate', 'correction1', 'correction2'],
  definitions: [
    ['mean', ['+', ['*', 0.9, 'm'], ['*', 0.1, 'g']]],
    ['square', ['+', ['*', 0.999, 'v'], ['*', 0.001, ['*', 'g', 'g']]]],
    ['denominator', ['+', ['sqrt', ['/', 'square', 'correction2']], 1e-8]],
  ],
  outputs: [
    ['w', ['-', 'w', ['*', 'learningRate', ['/', ['/', 'mean', 'correction1'], 'denominator']]]],
    ['m', 'mean'],
    ['v', 'square'],
  ],
});

/** a ← a + b: the shortest rule that may write in place. */
export const additionRule: ElementwiseRule<'a' | 'b', never, 'a'> = elementwiseRule({
  name: 'addition',
  inputs: ['a', 'b'],
  scalars: [],
  definitions: [],
  outputs: [['a', ['+', 'a', 'b']]],
});

/** a, b ← a + b, a − b: writing one output in place destroys what the other needs. */
export const butterflyRule: ElementwiseRule<'a' | 'b', never, 'a' | 'b'> = elementwiseRule({
  name: 'butterfly',
  inputs: ['a', 'b'],
  scalars: [],
  definitions: [],
  outputs: [
    ['a', ['+', 'a', 'b']],
    ['b', ['-', 'a', 'b']],
  ],
});

/** b ← a, which an engine may be tempted to answer with `a` itself. */
export const copyRule: ElementwiseRule<'a', never, 'b'> = elementwiseRule({
  name: 'copy',
  inputs: ['a'],
  scalars: [],
  definitions: [],
  outputs: [['b', 'a']],
});
