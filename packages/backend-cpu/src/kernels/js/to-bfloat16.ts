const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The nearest bfloat16, ties to even, as kernels/bfloat16.h has it: NaN stays NaN, below the least normal number is zero. */
export function toBfloat16(x: number): number {
  float[0] = x;
  const given = bits[0]!;
  const magnitude = given & 0x7fffffff;
  if (magnitude > 0x7f800000) return x;
  bits[0] = magnitude < 0x800000 ? given & 0x80000000 : (given + 0x7fff + ((given >>> 16) & 1)) & 0xffff0000;
  return float[0]!;
}

/** The two bytes of the nearest bfloat16. */
export function toHalf(x: number): number {
  float[0] = toBfloat16(x);
  return bits[0]! >>> 16;
}

/** The number that two bytes of a bfloat16 stand for. */
export function fromHalf(half: number): number {
  bits[0] = half << 16;
  return float[0]!;
}
