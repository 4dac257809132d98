import type { NamedArray } from '@nt/tensor';
import { NhitsError } from './nhits-error.ts';

type Floats = Float32Array | Float64Array;

/** Rows and columns that are turned together, so that what is read and what is written stay in the cache. */
const block = 32;

/**
 * `[rows, columns]` → `[columns, rows]` in a new array: our `dense` wants `[inputs, outputs]`, PyTorch stores
 * `[outputs, inputs]`.
 */
export function transposed(values: Floats, rows: number, columns: number): Floats {
  const out = emptyLike(values);
  for (let top = 0; top < rows; top += block) {
    const bottom = Math.min(top + block, rows);
    for (let left = 0; left < columns; left += block) {
      const right = Math.min(left + block, columns);
      for (let r = top; r < bottom; r++)
        for (let c = left; c < right; c++) out[c * rows + r] = values[r * columns + c]!;
    }
  }
  return out;
}

const emptyLike = ({ length, BYTES_PER_ELEMENT }: Floats): Floats =>
  BYTES_PER_ELEMENT === 8 ? new Float64Array(length) : new Float32Array(length);

/** What an engine reads back, as it is when it is of floats: of our engines' width. */
export function floatsOf(values: ArrayLike<number>): Floats {
  return values instanceof Float64Array || values instanceof Float32Array ? values : Float32Array.from(values);
}

/** @param data not the engine's own memory: it is handed out */
export function namedArray(shape: readonly number[], data: Floats): NamedArray {
  return { shape: [...shape], dtype: data instanceof Float64Array ? 'float64' : 'float32', data };
}

/** neuralforecast's state dictionaries also hold buffers of its losses (`loss.quantiles`), which are no weights. */
const ofLoss = /^(loss|valid_loss)\./;

/**
 * Compares the names and shapes of a weight file with what the network needs.
 *
 * @throws NhitsError `nhits/weights` listing every missing, unexpected and misshapen name
 */
export function checkWeights(
  expected: ReadonlyMap<string, readonly number[]>,
  arrays: Readonly<Record<string, NamedArray>>,
): void {
  const missing = [...expected.keys()].filter((name) => !(name in arrays));
  const unexpected = Object.keys(arrays).filter((name) => !expected.has(name) && !ofLoss.test(name));
  const misshapen = [...expected]
    .filter(([name, shape]) => name in arrays && arrays[name]!.shape.join() !== shape.join())
    .map(([name, shape]) => `${name} (expected [${shape}], found [${arrays[name]!.shape}])`);
  if (missing.length + unexpected.length + misshapen.length === 0) return;
  const list = (title: string, names: readonly string[]): string =>
    names.length > 0 ? ` ${title}: ${names.join(', ')}.` : '';
  throw new NhitsError(
    'nhits/weights',
    `These weights do not fit the network.${list('Missing', missing)}${list('Unexpected', unexpected)}${list('Other shape', misshapen)} Build the model with the options it was trained with.`,
    { missing, unexpected, misshapen },
  );
}
