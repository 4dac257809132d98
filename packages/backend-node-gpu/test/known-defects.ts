import type { KnownDefect } from '@nt/tensor/conformance';

const stockGradient = 'tfjs-node loads all of tfjs, whose own gradient stays in place of ours:';

/**
 * What tfjs-node 4.22.0 does wrong on TensorFlow 2.15.1 (CPU), exactly: a case that starts to pass must leave this list.
 */
export const knownDefects: readonly KnownDefect[] = [
  ...['maximum', 'minimum'].flatMap((name) =>
    ['a column and a row', 'a scalar and a matrix', 'rank 3 and an inner axis of 1'].map((shapes) => ({
      case: `${name}/${shapes}, gradient`,
      reason: `${stockGradient} it does not undo broadcasting, and throws.`,
    })),
  ),
  {
    case: 'variableGrads/constants made inside the loss, gradient',
    reason: `${stockGradient} that of maximum does not undo broadcasting, and throws.`,
  },
  { case: 'abs/at zero, gradient', reason: `${stockGradient} it is -1 at 0.` },
];
