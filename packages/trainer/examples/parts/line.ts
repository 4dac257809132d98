import type { NetworkOps } from '@nt/tensor';
import type { ReferenceTensor } from '@nt/tensor/reference';
import type { BatchSource, TrainableModel, TrainBatch } from '@nt/trainer';

/** Four points of y = 2x + 1. */
export interface Points extends TrainBatch {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A model is variables by name, and a way for their values out and in: y = slope · x + shift. */
export function createLine(ops: NetworkOps<ReferenceTensor>): TrainableModel<ReferenceTensor> {
  const parameters = new Map(
    ['slope', 'shift'].map((name) => [name, ops.variable(ops.tensor([0], [1, 1]), { name })] as const),
  );
  return {
    parameters,
    async saveWeights() {
      const entries = [...parameters].map(([name, { shape, dtype, values }]) => [name, { shape, dtype, data: values }]);
      return Object.fromEntries(entries);
    },
    loadWeights(arrays) {
      for (const [name, variable] of parameters) variable.assign(ops.tensor(arrays[name]!.data, [1, 1]));
    },
  };
}

/** Batches are an iterable with a position that can be saved; those of `@nt/data` come from files, shuffled. */
export function createPoints(): BatchSource<Points> {
  let [epoch, position] = [0, 0];
  return {
    batchesPerEpoch: 4,
    get epoch() {
      return epoch;
    },
    get position() {
      return position;
    },
    state: () => ({ epoch, position }),
    restore: (state) => {
      ({ epoch, position } = state as { epoch: number; position: number });
    },
    *[Symbol.iterator]() {
      while (position < 4) {
        const x = [0, 4, 8, 12].map((offset) => (offset + position) / 16);
        position += 1; // before it is handed out: the state is that of what comes next
        yield { size: 4, x, y: x.map((value) => 2 * value + 1) };
      }
      [epoch, position] = [epoch + 1, 0];
    },
  };
}
