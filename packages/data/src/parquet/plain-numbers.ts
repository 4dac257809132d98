import type { NumberForm } from './number-form.ts';

const two32 = 4294967296;

/**
 * Copies plain numbers into a column, times as milliseconds.
 *
 * @throws Error when there are fewer than `count`
 */
export function plainNumbers(form: NumberForm, bytes: Uint8Array, count: number, out: Float64Array, at: number): void {
  const width = form.type === 'INT32' || form.type === 'FLOAT' ? 4 : 8;
  const size = count * width;
  if (size > bytes.length) throw new Error(`${bytes.length} bytes where ${size} were expected`);
  if (form.type === 'DOUBLE') {
    new Uint8Array(out.buffer, out.byteOffset + at * 8, size).set(bytes.subarray(0, size));
    return;
  }
  // A copy, because a page begins anywhere and typed arrays only at multiples of their width. (`slice` of Node's
  // buffers is a view.)
  const { buffer } = new Uint8Array(bytes.subarray(0, size));
  if (form.type === 'FLOAT') out.set(new Float32Array(buffer), at);
  else if (form.type === 'INT32')
    out.set(form.meaning === 'unsigned' ? new Uint32Array(buffer) : new Int32Array(buffer), at);
  else if (form.meaning === 'nanos') copyNanoseconds(buffer, out, at);
  else copyLongs(buffer, out, at);
  if (form.meaning === 'days') for (let k = at; k < at + count; k++) out[k]! *= 86_400_000;
  else if (form.meaning === 'micros') for (let k = at; k < at + count; k++) out[k]! /= 1000;
  else if (form.meaning === 'decimal') for (let k = at; k < at + count; k++) out[k]! /= form.divisor;
}

/** Both halves are exact and their sum is rounded once, as `Number` of the bigint would be. */
function copyLongs(buffer: ArrayBuffer, out: Float64Array, at: number): void {
  const low = new Uint32Array(buffer);
  const high = new Int32Array(buffer);
  for (let k = 0; k < low.length; k += 2) out[at + (k >> 1)] = high[k + 1]! * two32 + low[k]!;
}

/** Whole microseconds, cut off towards zero in integers as `value / 1000n` does, then milliseconds. */
function copyNanoseconds(buffer: ArrayBuffer, out: Float64Array, at: number): void {
  const low = new Uint32Array(buffer);
  const high = new Int32Array(buffer);
  for (let k = 0; k < low.length; k += 2) {
    const upper = Math.floor(high[k + 1]! / 1000);
    const rest = (high[k + 1]! - upper * 1000) * two32 + low[k]!;
    const whole = Math.floor(rest / 1000);
    const isCut = high[k + 1]! < 0 && whole * 1000 !== rest;
    out[at + (k >> 1)] = (upper * two32 + (isCut ? whole + 1 : whole)) / 1000;
  }
}
