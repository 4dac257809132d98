import { kernelNames, type MlpGradKernelAttributes, type MlpKernelAttributes } from '@nt/tensor';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type KernelCall, requireFloat } from '../engine/kernel-call.ts';
import type { NtWebgpuBackend } from '../engine/nt-webgpu-backend.ts';
import { withFloats } from '../engine/with-floats.ts';
import { derivativeCode } from '../wgsl/activation-code.ts';
import { multiply } from './multiply.ts';
import { runCode } from './run-code.ts';

/** Dense layers in a row: bias and activation are applied while each product is written. */
export function mlpKernel({ backend, inputs, attributes }: KernelCall): TensorInfo[] {
  requireFloat(kernelNames.mlp, inputs);
  const { activations, keepHidden } = attributes as unknown as MlpKernelAttributes;
  return named(backend, inputs, (floats) => {
    const outputs: TensorInfo[] = [];
    for (const [i, activation] of activations.entries()) {
      const a = outputs.at(-1) ?? floats['x']!;
      const where = i < activations.length - 1 ? 'half' : undefined;
      outputs.push(multiply(backend, { a, b: floats[`w${i}`]!, bias: floats[`b${i}`]!, activation, where })[0]!);
    }
    const hidden = outputs.slice(0, -1);
    if (keepHidden) return [outputs.at(-1)!, ...hidden];
    for (const { dataId } of hidden) backend.disposeData(dataId);
    return [outputs.at(-1)!];
  });
}

/**
 * Gradients of `mlp` for each w and b and, when asked for, x: two products a layer, one of which also sums the bias's.
 * Those of weights lie in the heap, where the optimizer wants them.
 */
export function mlpGradKernel({ backend, inputs, attributes }: KernelCall): TensorInfo[] {
  requireFloat(kernelNames.mlpGrad, inputs);
  const { activations, needsInputGradient } = attributes as unknown as MlpGradKernelAttributes;
  return named(backend, inputs, (floats) => {
    const gradients: TensorInfo[] = [];
    const last = activations.at(-1)!;
    let dy = floats['dy']!;
    if (last !== 'linear') {
      const code = derivativeCode[last].replaceAll(/\bx\b/g, 'in0').replaceAll(/\by\b/g, 'in1');
      dy = runCode(backend, `derivative ${last}`, code, [dy, floats['y']!]);
    }
    for (let i = activations.length - 1; i >= 0; i--) {
      const x = floats[i === 0 ? 'x' : `h${i}`]!;
      const before = i === 0 ? 'linear' : activations[i - 1]!;
      gradients.unshift(...multiply(backend, { a: x, b: dy, transposeA: true, columnSums: true, where: 'heap' }));
      const through = { activation: before, outputs: x };
      const needsDx = i > 0 || needsInputGradient;
      const where = i > 0 ? 'half' : undefined;
      const dx = needsDx
        ? multiply(backend, { a: dy, b: floats[`w${i}`]!, transposeB: true, through, where })[0]!
        : undefined;
      if (dy !== floats['dy']) backend.disposeData(dy.dataId);
      if (!dx) return gradients;
      dy = dx;
    }
    return [...gradients, dy];
  });
}

type Named = Readonly<Record<string, TensorInfo>>;

const named = <Result>(backend: NtWebgpuBackend, inputs: Named, use: (floats: Named) => Result): Result =>
  withFloats(backend, Object.values(inputs), (floats) =>
    use(Object.fromEntries(Object.keys(inputs).map((name, i) => [name, floats[i]!]))),
  );
