import { cut, kindOf, quote, quoteList } from './quote.ts';
import { maxRank } from './read-header-value.ts';
import { SafetensorsError } from './safetensors-error.ts';

/** The product of a shape, refusing whatever could not be a count of elements. */
export function elementCount(tensor: string, shape: unknown): number {
  const count = Array.isArray(shape) && shape.length <= maxRank ? productOf(shape) : undefined;
  if (count !== undefined) return count;
  throw new SafetensorsError(
    'safetensors/invalid-shape',
    `tensor ${quote(tensor)}: expected a shape of at most ${maxRank} whole numbers ≥ 0 with a product below 2^53; found ${Array.isArray(shape) ? quoteList(shape) : kindOf(shape)}. Mend the shape.`,
    { tensor: cut(tensor), shape: Array.isArray(shape) ? cut(shape) : shape },
  );
}

function productOf(shape: readonly unknown[]): number | undefined {
  let count = 1;
  for (const size of shape) {
    count *= isCount(size) ? size : Number.NaN;
    if (!Number.isSafeInteger(count)) return undefined; // here, and not at the end: a later 0 would hide an overflow
  }
  return count;
}

/** True for a whole number ≥ 0 that a double holds exactly; minus zero would not survive a round trip. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}
