import { util } from '@tensorflow/tfjs-core';
import type { KernelOverride } from '../engine/kernel-call.ts';
import { withFloats } from '../engine/with-floats.ts';
import { shader, threads, words } from '../wgsl/shader.ts';
import { specialValues } from '../wgsl/special-values.ts';

/** `tf.softmax` along the last axis: NaN in a row makes the row NaN; one workgroup for each row. */
export const softmaxKernel: KernelOverride = ({ backend, inputs }) => {
  const logits = inputs['logits']!;
  if (logits.dtype !== 'float32') return undefined;
  return withFloats(backend, [logits], ([x]) => {
    const out = backend.allocate(logits.shape);
    const width = logits.shape.at(-1)!;
    const rows = util.sizeFromShape(logits.shape) / width;
    if (!(rows >= 1)) return out;
    backend.programs.run({
      name: 'softmax',
      code,
      parameters: words([rows, width]),
      bindings: [backend.rangeOf(x!), backend.rangeOf(out)],
      workgroups: rows,
    });
    return out;
  });
};

const together = (start: string, value: string, join: (a: string, b: string) => string): string => `
  var own = ${start};
  for (var i = lane; i < width; i = i + ${threads}u) { own = ${join('own', value)}; }
  shared_[lane] = own;
  workgroupBarrier();
  for (var half = ${threads / 2}u; half > 0u; half = half / 2u) {
    if (lane < half) { shared_[lane] = ${join('shared_[lane]', 'shared_[lane + half]')}; }
    workgroupBarrier();
  }`;

const code = (): string =>
  shader(
    [
      { name: 'x', type: 'f32', access: 'read' },
      { name: 'y', type: 'f32', access: 'read_write' },
    ],
    `  if (group >= parameters[0]) { return; }
  let width = parameters[1];
  let begin = group * width;
  ${together('-infinity()', 'x[begin + i]', (a, b) => `larger(${a}, ${b})`)}
  let largest = shared_[0];
  workgroupBarrier();
  {${together('0.0', 'exponential(x[begin + i] - largest)', (a, b) => `(${a} + ${b})`)}
  }
  let total = shared_[0];
  for (var i = lane; i < width; i = i + ${threads}u) { y[begin + i] = exponential(x[begin + i] - largest) / total; }`,
    { declarations: `${specialValues}\nvar<workgroup> shared_: array<f32, ${threads}>;` },
  );
