import type { NamedArray } from '@nt/tensor';
import { LayersError } from './layers-error.ts';

/**
 * A read-back as a named array of its own width.
 *
 * @param isOwn whether nobody else will use the values, so that they need not be copied
 */
export function namedArray(shape: readonly number[], values: ArrayLike<number>, isOwn: boolean): NamedArray {
  const data = ownArray(values, isOwn);
  return { shape: [...shape], dtype: data instanceof Float64Array ? 'float64' : 'float32', data };
}

function ownArray(values: ArrayLike<number>, isOwn: boolean): Float32Array | Float64Array {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return new Float32Array(values);
  return isOwn ? values : values.slice();
}

/** neuralforecast's state dictionaries also hold buffers of its losses (`loss.quantiles`), which are no weights. */
const ofLoss = /^(loss|valid_loss)\./;

/**
 * Compares the names and shapes of a weight file with what the network needs.
 *
 * @throws LayersError `layers/weights` listing every missing, unexpected and misshapen name
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
  throw new LayersError(
    'layers/weights',
    `These weights do not fit the network.${list('Missing', missing)}${list('Unexpected', unexpected)}${list('Other shape', misshapen)} Build the model with the options it was trained with.`,
    { missing, unexpected, misshapen },
  );
}

/**
 * The same for weights to begin with, which need not be all.
 *
 * @throws LayersError `layers/weights`
 */
export function checkStart(
  expected: ReadonlyMap<string, readonly number[]>,
  arrays: Readonly<Record<string, NamedArray>>,
): void {
  const given = [...expected].filter(([name]) => name in arrays);
  if (Object.keys(arrays).length > 0) checkWeights(new Map(given), arrays);
}
