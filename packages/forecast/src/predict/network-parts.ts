import { batches, type Scaler, type Windows } from '@nt/data';
import type { NeuralModel, Tensor, WindowTensors } from '@nt/tensor';
import type { Outputs } from '../heads/head.ts';
import type { Network } from './network.ts';
import { windowTensors } from './window-tensors.ts';

/** A summand of forecasts. */
export interface WindowPart {
  /** `level`, `linear skip`, `stack 1`; of N-BEATS with what it is: `stack 1 (trend)`. */
  readonly name: string;
  /** `[windows, horizon]`, in the data's unit. */
  readonly values: Float64Array;
}

/** What a network says of its own parts; blocks of a stack follow each other. */
interface ModelPart<T extends Tensor> {
  readonly stack: number | 'skip' | null;
  readonly type?: string;
  readonly forecast: T;
}

type Decomposable<T extends Tensor> = NeuralModel<T> & { decompose(window: WindowTensors<T>): ModelPart<T>[] };

const canDecompose = <T extends Tensor>(model: NeuralModel<T>): model is Decomposable<T> =>
  typeof (model as Partial<Decomposable<T>>).decompose === 'function';

/** Parts of the size of the horizon, which a few windows of make no queue worth running ahead of. */
const batchSize = 128;

/**
 * What the point forecasts of windows over scaled data are the sum of, in the data's unit: each part is what it adds to
 * those before it, so that they are the forecast whatever the head and the scale are. Null where the network cannot say.
 */
export async function networkParts<T extends Tensor>(
  { backend: { ops }, model, head, counts }: Network<T>,
  scaler: Scaler,
  windows: Windows,
): Promise<readonly WindowPart[] | null> {
  if (!canDecompose(model)) return null;
  const { inputSize, horizon, set } = windows;
  const found = new Map<string, Float64Array>();
  let row = 0;
  for (const batch of batches(windows, { batchSize })) {
    const parts = ops.tidy(() => model.decompose(windowTensors(ops, batch, inputSize, horizon, counts)));
    const outputs = await readAndFree(parts.map(({ forecast }) => forecast));
    const sum = new Float64Array(batch.size * horizon * head.outputs);
    let before = new Float64Array(batch.size * horizon);
    outputs.forEach((output, index) => {
      output.forEach((value, i) => {
        sum[i]! += value;
      });
      const after = unscaled(head.read(sum, []).point);
      const values = valuesOf(nameOf(parts[index]!));
      after.forEach((value, i) => {
        values[row * horizon + i]! += value - before[i]!;
      });
      before = after;
    });
    row += batch.size;

    function unscaled(point: Outputs): Float64Array<ArrayBuffer> {
      const out = new Float64Array(point.length);
      for (let i = 0; i < batch.size; i++) {
        const own = point.subarray(i * horizon, (i + 1) * horizon);
        out.set(scaler.inverse(own, set.ids[batch.series[i]!]!), i * horizon);
      }
      return out;
    }
  }
  return [...found].map(([name, values]) => ({ name, values }));

  async function readAndFree(tensors: T[]): Promise<Float64Array[]> {
    try {
      return await Promise.all(tensors.map(async (tensor) => Float64Array.from(await tensor.data())));
    } finally {
      ops.dispose(tensors);
    }
  }

  function valuesOf(name: string): Float64Array {
    const values = found.get(name) ?? new Float64Array(windows.count * horizon);
    found.set(name, values);
    return values;
  }
}

/** Blocks of a stack are one part. */
function nameOf({ stack, type }: Omit<ModelPart<Tensor>, 'forecast'>): string {
  if (stack === null) return 'level';
  if (stack === 'skip') return 'linear skip';
  return `stack ${stack + 1}${type === undefined || type === 'identity' ? '' : ` (${type})`}`;
}
