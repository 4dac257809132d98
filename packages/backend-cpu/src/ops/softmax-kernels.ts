import { util } from '@tensorflow/tfjs-core';
import { allFloat, type KernelOverride, type KernelTable } from '../engine/kernel-call.ts';

const softmax: KernelOverride = ({ backend, inputs, attributes }) => {
  const logits = inputs['logits']!;
  const rank = logits.shape.length;
  const [axis] = util.parseAxisParam(attributes['dim'] as number, logits.shape);
  const size = util.sizeFromShape(logits.shape);
  if (!allFloat(backend, logits) || axis !== rank - 1 || size === 0) return undefined;
  const columns = logits.shape.at(-1)!;
  const x = backend.offsetOf(logits);
  const out = backend.allocate(logits.shape);
  backend.kernels.softmax({ x, out: backend.offsetOf(out), rows: size / columns, columns });
  return out;
};

/** Softmax over the last axis. */
export const softmaxKernels: KernelTable = { Softmax: softmax };
