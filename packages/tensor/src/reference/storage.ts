/** How the reference rounds what it stores: to test an algorithm in a precision that no CPU engine has. */
export type Storage = 'float64' | 'float32' | 'float16' | 'bfloat16';

/** The nearest value (ties to even) that `storage` can hold. Beyond its range: ±Infinity. */
export function roundTo(storage: Storage, value: number): number {
  if (storage === 'float64') return value;
  if (storage === 'float32') return Math.fround(value);
  return storage === 'bfloat16' ? roundSignificand(value, 8, -126, 127) : roundSignificand(value, 11, -14, 15);
}

/** Rounds to `bits` significant binary digits, fewer below 2^minExponent (subnormal numbers). */
function roundSignificand(value: number, bits: number, minExponent: number, maxExponent: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  // Halfway between the largest finite number and the next power of two, a tie that goes to the even power.
  const overflow = (2 - 2 ** -bits) * 2 ** maxExponent;
  if (Math.abs(value) >= overflow) return value > 0 ? Infinity : -Infinity;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), minExponent);
  const unit = 2 ** (exponent - bits + 1);
  return roundHalfToEven(value / unit) * unit;
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
