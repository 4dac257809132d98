import type { Backend, Tensor } from '@nt/tensor';
import type { Precision } from '@nt/trainer';
import { UsageError } from './usage-error.ts';

/** The engines that a model can be trained on, and what each can compute in. */
const precisions: Readonly<Record<'cpu' | 'reference', readonly Precision[]>> = {
  cpu: ['float32'],
  reference: ['float32', 'mixed-bfloat16', 'mixed-float16'],
};

/** One of `engineNames`. */
export type EngineName = keyof typeof precisions;
/** Engines by name. */
export const engineNames: readonly EngineName[] = Object.keys(precisions) as EngineName[];

/** Makes an engine that computes in `precision`. @throws UsageError naming the engines that can */
export async function createEngine(name: EngineName, precision: Precision): Promise<Backend<Tensor>> {
  if (!precisions[name].includes(precision)) {
    const others = engineNames.filter((other) => precisions[other].includes(precision));
    throw new UsageError(
      `--precision ${precision}: the engine '${name}' computes in ${precisions[name].join(', ')}. It can be had with --backend ${others.join(' or ')}, which is slow and meant for checks.`,
    );
  }
  // Tensors stay inside: what is trained with one engine never meets those of another.
  return (await makers[name](precision)) as unknown as Backend<Tensor>;
}

/** Each engine is loaded when it is asked for. */
const makers: Readonly<Record<EngineName, (precision: Precision) => Promise<unknown>>> = {
  cpu: async () => (await import('@nt/backend-cpu')).createCpuBackend(),
  reference: async (precision) =>
    precision === 'float32'
      ? (await import('@nt/tensor/reference')).createReferenceBackend()
      : (await import('@nt/trainer/precision')).createMixedReference(precision),
};
