import { TensorError } from '@nt/tensor';

/** Options of `createWebgpuBackend`. */
export interface WebgpuBackendOptions {
  /**
   * Accept an adapter that emulates a GPU on the CPU (SwiftShader, llvmpipe); default false, because it is slower than
   * a CPU backend. For tests on machines without a GPU.
   */
  readonly allowSoftware?: boolean;
}

const known: readonly string[] = ['allowSoftware'] satisfies readonly (keyof WebgpuBackendOptions)[];

/** The options with defaults. @throws TensorError `tensor/option` for an unknown key or a value that is no boolean */
export function checkOptions(options: WebgpuBackendOptions): Required<WebgpuBackendOptions> {
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    throw new TensorError('tensor/option', `createWebgpuBackend has no option '${key}'. Did you mean '${known[0]}'?`, {
      key,
    });
  }
  const { allowSoftware = false } = options;
  if (typeof allowSoftware !== 'boolean') {
    throw new TensorError(
      'tensor/option',
      `allowSoftware: expected true or false, got ${JSON.stringify(allowSoftware)}.`,
    );
  }
  return { allowSoftware };
}
