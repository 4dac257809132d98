import { SafetensorsError } from './safetensors-error.ts';

/** The product of a shape, refusing whatever could not be a count of elements. */
export function elementCount(tensor: string, shape: readonly unknown[]): number {
  let count = 1;
  for (const size of shape) {
    count *= isCount(size) ? size : Number.NaN;
    if (!Number.isSafeInteger(count)) {
      throw new SafetensorsError(
        'safetensors/invalid-shape',
        `tensor ${JSON.stringify(tensor)}: expected a shape of whole numbers ≥ 0 with a product below 2^53; found [${shape.map(String).join(', ')}].`,
        { tensor, shape },
      );
    }
  }
  return count;
}

/** True for a whole number ≥ 0 that a double holds exactly; minus zero would not survive a round trip. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}
