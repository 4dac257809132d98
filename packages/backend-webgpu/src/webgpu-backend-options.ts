import { nearestName, TensorError } from '@nt/tensor';

/** Options of `createWebgpuBackend`. */
export interface WebgpuBackendOptions {
  /**
   * Accept an adapter that emulates a GPU on the CPU (SwiftShader, llvmpipe); default false, because it is slower than
   * a CPU backend. For tests on machines without a GPU.
   */
  readonly allowSoftware?: boolean;
  /**
   * `mixed-float16`: while `ops.variableGrads` runs, matrix products (forward and backward) round their operands to
   * float16 and add in float32, and what lies between the layers of `mlp` is kept as float16. The adapter must have
   * `shader-f16`. Default `float32`.
   */
  readonly precision?: WebgpuPrecision;
}

/** What updates can compute in. */
export type WebgpuPrecision = 'float32' | 'mixed-float16';

const precisions: readonly string[] = ['float32', 'mixed-float16'] satisfies readonly WebgpuPrecision[];

const known: readonly string[] = ['allowSoftware', 'precision'] satisfies readonly (keyof WebgpuBackendOptions)[];

/** The options with defaults. @throws TensorError `tensor/option` for an unknown key or a value that is no boolean */
export function checkOptions(options: WebgpuBackendOptions): Required<WebgpuBackendOptions> {
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    throw new TensorError('tensor/option', `createWebgpuBackend has no option '${key}'. Did you mean '${nearest}'?`, {
      key,
    });
  }
  const { allowSoftware = false, precision = 'float32' } = options;
  if (typeof allowSoftware !== 'boolean') {
    throw new TensorError(
      'tensor/option',
      `allowSoftware: expected true or false, got ${JSON.stringify(allowSoftware)}.`,
    );
  }
  if (!precisions.includes(precision)) {
    throw new TensorError(
      'tensor/option',
      `precision: expected one of ${precisions.join(', ')}, got ${JSON.stringify(precision)}.`,
      { precision },
    );
  }
  return { allowSoftware, precision };
}
