import type { RandomKey, RandomUniformKernelAttributes } from '@nt/tensor';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../engine/kernel-call.ts';
import { randomShader } from '../wgsl/random-shader.ts';
import { threads, words } from '../wgsl/shader.ts';

/** The numbers of Philox under a key, made where they are needed: a mask of dropout has as many as a layer has outputs. */
export function randomUniformKernel({ backend, attributes }: KernelCall): TensorInfo {
  const { shape, key, late } = attributes as unknown as RandomUniformKernelAttributes;
  const out = backend.allocate(shape);
  const count = util.sizeFromShape(out.shape);
  if (count === 0) return out;
  backend.programs.run({
    name: 'randomUniform',
    code: randomShader,
    parameters: words([count, ...halves(key)]),
    late: late && { at: 4, values: () => new Uint32Array(words(halves(late()))) },
    bindings: [backend.rangeOf(out)],
    workgroups: Math.ceil(count / 4 / threads),
  });
  return out;
}

const halves = ({ seed, counter }: RandomKey): number[] =>
  [seed, counter].flatMap((integer) => [integer >>> 0, Math.floor(integer / 2 ** 32)]);
