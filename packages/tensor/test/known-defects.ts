import type { KnownDefect } from '@nt/tensor/conformance';

const centralDifferences =
  'Gradients of the reference are central differences, which give the mean of both sides at a kink.';
const dropsNaN = 'tfjs-backend-wasm 4.22 compares with std::max/min, which drop a NaN in the second operand.';

/** The reference's only defects: it has no tape. */
export const referenceDefects: readonly KnownDefect[] = [
  { case: 'maximum/a tie goes to a, gradient', reason: centralDifferences },
  { case: 'minimum/a tie goes to a, gradient', reason: centralDifferences },
  { case: 'maxPool1d/a tie goes to the first, gradient', reason: centralDifferences },
  { case: 'maxPool1d/a tie goes to the first in each channel, gradient', reason: centralDifferences },
  { case: 'dense/relu at zero, gradient', reason: centralDifferences },
  { case: 'dense/leakyRelu at zero, gradient', reason: centralDifferences },
  { case: 'dense/selu at zero, gradient', reason: centralDifferences },
];

/** What the stock WebAssembly engine does wrong in spite of the binding's own pooling and gradients. */
export const wasmDefects: readonly KnownDefect[] = [
  { case: 'maximum/NaN on either side', reason: dropsNaN },
  { case: 'minimum/NaN on either side', reason: dropsNaN },
  { case: 'elementwise/min is NaN when either side is', reason: dropsNaN },
  { case: 'elementwise/max is NaN when either side is', reason: dropsNaN },
];
