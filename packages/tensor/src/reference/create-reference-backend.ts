import type { Backend, BackendDescription } from '../backend.ts';
import { checkOptions } from '../check-options.ts';
import { guardOps } from '../guard-ops.ts';
import type { NetworkOps } from '../network-ops.ts';
import type { Variable } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';
import { differentiate } from './differentiate.ts';
import { referenceOps } from './reference-ops.ts';
import type { ReferenceTensor, ReferenceVariable } from './reference-tensor.ts';
import type { Storage } from './storage.ts';
import { TensorStore } from './tensor-store.ts';

/** Options of the reference engine. */
export interface ReferenceBackendOptions {
  /** What results are rounded to after each operation; default `float64`. */
  readonly storage?: Storage;
}

const widths: Record<Storage, BackendDescription['floatWidth']> = {
  float64: 64,
  float32: 32,
  float16: 16,
  bfloat16: 16,
};

/**
 * The engine that says what is right: float64, plain loops, no tape, no cleverness. Several may live at once.
 *
 * With `storage` below float64 it computes each operation in float64 and rounds what it stores, which shows how an
 * algorithm behaves in that precision (overflow to Infinity included).
 */
export function createReferenceBackend(options: ReferenceBackendOptions = {}): Backend<ReferenceTensor> {
  checkOptions('createReferenceBackend', options, ['storage']);
  const storage = options.storage ?? 'float64';
  if (!(storage in widths)) {
    throw new TensorError(
      'tensor/option',
      `storage: expected one of ${Object.keys(widths).join(', ')}, got '${storage}'.`,
    );
  }
  const store = new TensorStore(storage);
  let disposed = false;
  const ops: NetworkOps<ReferenceTensor> = {
    ...referenceOps(store),
    variable: (initial, { name }) => store.makeVariable(initial, name) as ReferenceVariable & Variable<ReferenceTensor>,
    variableGrads: (f, variables) => differentiate(store, f, variables as unknown as readonly ReferenceVariable[]),
    recompute: (f) => f,
  };
  return {
    name: 'reference',
    ops: guardOps(ops, () => {
      if (disposed)
        throw new TensorError('tensor/backend-disposed', 'The reference backend was disposed; create another.');
    }),
    describe: async () => ({
      name: 'reference',
      engine: '@nt/tensor reference',
      device: 'cpu',
      threads: 1,
      kernelSet: 'plain loops',
      floatWidth: widths[storage],
      fusedKernels: [],
      limitations: ['Slow on purpose; gradients are central differences, two evaluations for each weight.'],
    }),
    settle: async () => {},
    memory: () => ({ tensors: store.tensors, bytes: store.bytes }),
    dispose: async () => {
      store.disposeAll();
      disposed = true;
    },
  };
}
