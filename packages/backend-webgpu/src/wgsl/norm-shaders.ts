import { searchGroup } from './elementwise-shader.ts';
import { type ShaderBuffer, shader, threads } from './shader.ts';
import { specialValues } from './special-values.ts';

const perThread = 16;

/** Elements whose squares one workgroup adds up. */
export const normTile: number = threads * perThread;

/** Leaves in `sums[0]` the sum over all threads, in a fixed order. */
const addThreads = `
  sums[lane] = sum;
  workgroupBarrier();
  for (var width = ${threads / 2}u; width > 0u; width = width / 2u) {
    if (lane < width) { sums[lane] = sums[lane] + sums[lane + width]; }
    workgroupBarrier();
  }`;

const sums = `var<workgroup> sums: array<f32, ${threads}>;`;

const buffer = (name: string, access: ShaderBuffer['access']): ShaderBuffer => ({ name, type: 'f32', access });

/**
 * Sums of squares of tiles of tensors in one buffer.
 *
 * Parameters: the number of tensors and of tiles, the place of the first sum; then for each tensor its first tile, its
 * number of elements and where it begins.
 */
export const partsShader = (): string =>
  shader(
    [buffer('x', 'read'), buffer('parts', 'read_write')],
    `  let groups = parameters[0];
  if (group >= parameters[1]) { return; }
${searchGroup(3, 3)}
  let count = parameters[entry + 1u];
  let first = (group - parameters[entry]) * ${normTile}u;
  var sum = 0.0;
  for (var step = 0u; step < ${perThread}u; step++) {
    let i = first + step * ${threads}u + lane;
    if (i < count) { let value = x[parameters[entry + 2u] + i]; sum = sum + value * value; }
  }
${addThreads}
  if (lane == 0u) { parts[parameters[2] + group] = sums[0]; }`,
    { declarations: sums },
  );

/** The root of the sum of all parts. Parameters: their number. */
export const rootShader = (): string =>
  shader(
    [buffer('parts', 'read'), buffer('y', 'read_write')],
    `  var sum = 0.0;
  for (var i = lane; i < parameters[0]; i = i + ${threads}u) { sum = sum + parts[i]; }
${addThreads}
  if (lane == 0u) { y[0] = squareRoot(sums[0]); }`,
    { declarations: `${sums}\n${specialValues}` },
  );
