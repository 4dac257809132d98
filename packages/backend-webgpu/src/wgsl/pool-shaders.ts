import { type ShaderBuffer, shader, threads } from './shader.ts';
import { specialValues } from './special-values.ts';

/** What a pool takes of a window. */
export type PoolKind = 'max' | 'avg';

const buffer = (name: string, access: ShaderBuffer['access']): ShaderBuffer => ({ name, type: 'f32', access });

/**
 * The window of `pooled` element `i` of `[batch, pooled, channels]`: its first element `begin`, its length `size`.
 *
 * Parameters: elements, length in time, channels, kernel size, windows in time.
 */
const sizes = `  let count = parameters[0];
  let length = parameters[1];
  let channels = parameters[2];
  let kernel = parameters[3];
  let pooled = parameters[4];
  let i = group * ${threads}u + lane;
  if (i >= count) { return; }
  let channel = i % channels;`;

/** Sets `best` to the place of the largest element, the first of equal ones; NaN is the largest. */
const findLargest = `
  var best = begin;
  for (var k = 1u; k < size; k++) {
    let at = begin + k * channels;
    if (x[at] > x[best] || (isNan(x[at]) && !isNan(x[best]))) { best = at; }
  }`;

/** One thread for each window. */
export const poolShader = (kind: PoolKind): string =>
  shader(
    [buffer('x', 'read'), buffer('y', 'read_write')],
    `${sizes}
  let window = (i / channels) % pooled;
  let size = min(kernel, length - window * kernel);
  let begin = ((i / channels / pooled) * length + window * kernel) * channels + channel;
${kind === 'max' ? `${findLargest}\n  y[i] = x[best];` : mean}`,
    { declarations: specialValues },
  );

const mean = `
  var sum = 0.0;
  for (var k = 0u; k < size; k++) { sum = sum + x[begin + k * channels]; }
  y[i] = sum / f32(size);`;

/** One thread for each element of x, which looks at its window. */
export const poolGradShader = (kind: PoolKind): string =>
  shader(
    [buffer('dy', 'read'), ...(kind === 'max' ? [buffer('x', 'read')] : []), buffer('dx', 'read_write')],
    `${sizes}
  let time = (i / channels) % length;
  let window = time / kernel;
  let size = min(kernel, length - window * kernel);
  let sequence = i / channels / length;
  let gradient = dy[(sequence * pooled + window) * channels + channel];
${
  kind === 'max'
    ? `  let begin = (sequence * length + window * kernel) * channels + channel;\n${findLargest}\n  dx[i] = select(0.0, gradient, best == i);`
    : '  dx[i] = gradient / f32(size);'
}`,
    { declarations: specialValues },
  );
