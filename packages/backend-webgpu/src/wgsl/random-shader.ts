import { shader, threads } from './shader.ts';

/** The upper word of a product of two words, from halves: WGSL has no 64-bit integers. */
const philox = `
fn upperWord(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let first = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let second = (a & 0xffffu) * (b >> 16u) + (first & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (first >> 16u) + (second >> 16u);
}
fn philox(given: vec4<u32>, seed: vec2<u32>) -> vec4<u32> {
  var c = given;
  var key = seed;
  for (var round = 0u; round < 10u; round++) {
    c = vec4<u32>(upperWord(0xcd9e8d57u, c.z) ^ c.y ^ key.x, 0xcd9e8d57u * c.z,
                  upperWord(0xd2511f53u, c.x) ^ c.w ^ key.y, 0xd2511f53u * c.x);
    key = key + vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}`;

/**
 * The numbers of `philox` in `@nt/tensor` as `uniformValues` makes them; a thread makes one block of four.
 *
 * Parameters: the number of values; lower and upper word of the seed and of the counter.
 */
export const randomShader = (): string =>
  shader(
    [{ name: 'y', type: 'f32', access: 'read_write' }],
    `  let count = parameters[0];
  let index = group * ${threads}u + lane;
  let block = philox(vec4<u32>(index, 0u, parameters[3], parameters[4]), vec2<u32>(parameters[1], parameters[2]));
  for (var i = 0u; i < 4u; i++) {
    let at = index * 4u + i;
    if (at < count) { y[at] = f32(block[i] >> 8u) / 16777216.0; }
  }`,
    { declarations: philox },
  );
