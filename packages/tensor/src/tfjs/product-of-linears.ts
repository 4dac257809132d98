import { concat, fill, reshape, slice, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { kernelNames, type MlpGradKernelAttributes, type MlpKernelAttributes } from '../kernel-names.ts';
import { moveToOuterScope, runFused } from './fused-kernel.ts';
import { isTaping, keptForGradient, recordOnTape, withoutTape } from './tape.ts';

/** Of two layers in a row: weights and bias of the first, weights of the second. */
export interface TwoLinears {
  /** `[inputs, between]` */
  readonly w: Tensor;
  /** `[between]` */
  readonly b: Tensor;
  /** `[between, outputs]` */
  readonly next: Tensor;
}

const activations = ['linear'] as const;

/** `[w; b] · next`, `[inputs + 1, outputs]`. For its gradient nothing is kept but what it was given. */
export function productOfLinears(given: TwoLinears): Tensor {
  const inputs = { ...given };
  const product = withoutTape(() => tidy(() => multiply(given)));
  if (!isTaping()) return product;
  const saved: Tensor[] = [];
  const { w, b, next } = given;
  const kept = withoutTape(() => {
    const [keptW, keptB, keptNext] = [w, b, next].map((tensor) => keptForGradient(tensor, saved));
    return { w: keptW!, b: keptB!, next: keptNext! };
  });
  recordOnTape(kernelNames.mlp, { inputs, outputs: [product], saved }, ([dy]) => gradients(kept, dy!));
  return product;
}

function multiply({ w, b, next }: TwoLinears): Tensor {
  const attributes: MlpKernelAttributes = { activations, keepHidden: false };
  return runFused(kernelNames.mlp, { x: joined(w, b), w0: next, b0: fill([next.shape[1]!], 0) }, attributes)[0]!;
}

const joined = (w: Tensor, b: Tensor): Tensor => concat([w, reshape(b, [1, b.size])], 0);

/** Computed together, when tfjs asks for the first of them. */
function gradients({ w, b, next }: TwoLinears, dy: Tensor): Record<keyof TwoLinears, () => Tensor> {
  let results: TwoLinears | undefined;
  const run = (): TwoLinears => {
    if (results) return results;
    results = tidy(() => {
      const attributes: MlpGradKernelAttributes = { activations, needsInputGradient: true };
      const [dNext, , dJoined] = runFused(kernelNames.mlpGrad, { dy, x: joined(w, b), w0: next }, attributes);
      const [inputs, between] = w.shape as [number, number];
      return {
        w: slice(dJoined!, [0, 0], [inputs, between]),
        b: reshape(slice(dJoined!, [inputs, 0], [1, between]), [between]),
        next: dNext!,
      };
    });
    moveToOuterScope(Object.values(results));
    return results;
  };
  return { w: () => run().w, b: () => run().b, next: () => run().next };
}
