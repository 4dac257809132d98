import { uniformValues } from '@nt/tensor';
import type { BatchSource, TrainBatch } from '../../src/index.ts';

export interface ToyBatch extends TrainBatch {
  /** [size, inputSize] */
  readonly x: Float32Array;
  /** [size, 1] */
  readonly y: Float32Array;
  readonly rows: readonly number[];
}

export interface ToyData {
  readonly inputSize: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** A smooth function of three inputs with a little noise. */
export function toyData(count: number, seed = 1, inputSize = 3): ToyData {
  const x = uniformValues(count * inputSize, { seed, counter: 0 }).map((u) => 2 * u - 1);
  const noise = uniformValues(count, { seed, counter: 1 });
  const y = Float32Array.from({ length: count }, (_, row) => {
    const [a = 0, b = 0, c = 0] = x.subarray(row * inputSize, (row + 1) * inputSize);
    return Math.sin(2 * a) - 0.5 * b + 0.3 * c + 0.05 * (noise[row]! - 0.5);
  });
  return { inputSize, x, y };
}

export function batchOf(data: ToyData, rows: readonly number[]): ToyBatch {
  const { inputSize } = data;
  const x = new Float32Array(rows.length * inputSize);
  rows.forEach((row, i) => {
    x.set(data.x.subarray(row * inputSize, (row + 1) * inputSize), i * inputSize);
  });
  return { size: rows.length, x, y: Float32Array.from(rows, (row) => data.y[row]!), rows };
}

export interface ToySourceOptions {
  readonly batchSize?: number;
  readonly seed?: number;
  readonly shuffle?: boolean;
  /** Replaces a batch before it is handed out. */
  readonly change?: (batch: ToyBatch, epoch: number, position: number) => ToyBatch;
}

/** Seeded shuffled batches with a position, as a data package would give them. */
export function toySource(data: ToyData, options: ToySourceOptions = {}): BatchSource<ToyBatch> {
  const { batchSize = 4, seed = 7, shuffle = true, change = (batch) => batch } = options;
  const count = data.y.length;
  const batchesPerEpoch = Math.ceil(count / batchSize);
  let epoch = 0;
  let position = 0;
  const order = (): number[] => {
    const keys = uniformValues(count, { seed, counter: epoch });
    const rows = Array.from({ length: count }, (_, row) => row);
    return shuffle ? rows.sort((a, b) => keys[a]! - keys[b]!) : rows;
  };
  return {
    get epoch() {
      return epoch;
    },
    get position() {
      return position;
    },
    batchesPerEpoch,
    state: () => ({ epoch, position }),
    restore(state) {
      ({ epoch, position } = state as { epoch: number; position: number });
    },
    *[Symbol.iterator]() {
      const rows = order();
      while (position < batchesPerEpoch) {
        const start = position * batchSize;
        const batch = batchOf(data, rows.slice(start, start + batchSize));
        position += 1;
        yield change(batch, epoch, position - 1);
      }
      epoch += 1;
      position = 0;
    },
  };
}

/** All batches once, in order. */
export function toyBatches(data: ToyData, batchSize = 8): ToyBatch[] {
  const rows = Array.from({ length: data.y.length }, (_, row) => row);
  return Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, i) =>
    batchOf(data, rows.slice(i * batchSize, (i + 1) * batchSize)),
  );
}
