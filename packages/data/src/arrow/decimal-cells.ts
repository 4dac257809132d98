import type { Decimal, Vector } from 'apache-arrow';

/**
 * The numbers of a column of decimals of any width (32 to 256 bits), from their words: the library's own cells lose the
 * sign of 64 bits and all of 256. NaN where there is none.
 */
export function decimalCells(vector: Vector<Decimal>): Float64Array {
  const { scale, bitWidth } = vector.type;
  const words = bitWidth / 32;
  const cells = new Float64Array(vector.length);
  let row = 0;
  for (const chunk of vector.data) {
    for (let k = 0; k < chunk.length; k++)
      cells[row++] = chunk.getValid(k)
        ? Number(`${wholeOf(chunk.values.subarray(k * words, (k + 1) * words), bitWidth)}e${-scale}`)
        : Number.NaN;
  }
  return cells;
}

/** Two's complement, the lowest word first. */
function wholeOf(words: Uint32Array, bitWidth: number): bigint {
  let whole = 0n;
  for (let k = words.length - 1; k >= 0; k--) whole = (whole << 32n) | BigInt(words[k]!);
  return BigInt.asIntN(bitWidth, whole);
}
