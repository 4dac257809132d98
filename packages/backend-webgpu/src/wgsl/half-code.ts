import type { Half } from '../engine/half-products.ts';

/** Bits of 65520, the smallest float32 that rounds to an infinite float16. */
const firstBeyond = '0x477ff000u';

/**
 * `toHalf` rounds a float32 to float16. WGSL leaves open what becomes of numbers beyond its range, and of NaN: here they
 * are infinite, and NaN, by which the trainer finds that it has to lower the scale of the loss. `quantizeToF16` is not used: it takes denormal
 * numbers for zero, and SwiftShader's cuts off instead of rounding; packing rounds, and keeps them.
 */
export const halfCode: Readonly<Record<Half, string>> = {
  f16: `
fn toHalf(x: f32) -> f16 {
  if (bitsOf(x) < ${firstBeyond}) { return f16(x); }
  let bits = select(0x7c00u, 0x7e00u, isNan(x)) | ((bitcast<u32>(x) >> 16u) & 0x8000u);
  return bitcast<vec2<f16>>(bits).x;
}`,
  quantized: `
fn toHalf(x: f32) -> f32 {
  if (bitsOf(x) < ${firstBeyond}) { return unpack2x16float(pack2x16float(vec2<f32>(x, 0.0))).x; }
  if (isNan(x)) { return x; }
  return select(infinity(), -infinity(), isNegative(x));
}`,
};
