import { getKernelsForBackend, type KernelConfig, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Elements of the largest tensor that a kernel of the stock engine was given or gave, by kernel. */
export type InheritedUse = ReadonlyMap<string, number>;

const counts = new Map<string, number>();
let active = false;

/** What does not look at elements: these give the same data another shape or name. */
const moveNothing = new Set(['Reshape', 'Identity', 'Complex', 'Real']);

/**
 * Puts a counter before every kernel of the stock engine. The engine inherits them when it is first registered, so this
 * comes before that.
 */
export function watchInheritedKernels(): void {
  for (const stock of getKernelsForBackend('cpu')) {
    unregisterKernel(stock.kernelName, 'cpu');
    registerKernel(watched(stock));
  }
}

function watched(stock: KernelConfig): KernelConfig {
  return {
    ...stock,
    kernelFunc(call) {
      const result = stock.kernelFunc(call);
      if (active && !moveNothing.has(stock.kernelName)) {
        const tensors = [...Object.values(call.inputs).flat(), ...(Array.isArray(result) ? result : [result])];
        const sizes = tensors.map((tensor) => tensor?.shape?.reduce((a: number, b: number) => a * b, 1) ?? 0);
        counts.set(stock.kernelName, Math.max(counts.get(stock.kernelName) ?? 0, ...sizes));
      }
      return result;
    },
  };
}

/** Which inherited kernels `run` uses. */
export async function inheritedUse(run: () => unknown): Promise<InheritedUse> {
  counts.clear();
  active = true;
  try {
    await run();
    return new Map(counts);
  } finally {
    active = false;
  }
}
