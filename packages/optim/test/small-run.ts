import type { ReferenceTensor } from '@nt/tensor/reference';
import {
  type ApplyOptions,
  adamw,
  chain,
  clipByGlobalNorm,
  createOptimizer,
  type GradientTransform,
  OptimError,
  type Optimizer,
} from '../src/index.ts';
import { type ReferenceSetUp, readAll, referenceVariables, tensorsLike } from './engine.ts';

export const start: Record<'a' | 'b', number[]> = { a: [1, -2, 3], b: [0.5] };

export const gradientsAt = (update: number): Record<'a' | 'b', number[]> => ({
  a: [update - 2, 0.3, -1],
  b: [Math.sin(update)],
});

export const clippedAdamw = (): GradientTransform => chain(clipByGlobalNorm(1), adamw({ learningRate: 0.1 }));

export interface SmallRun extends ReferenceSetUp {
  readonly optimizer: Optimizer<ReferenceTensor>;
  apply(values: Record<string, number[]>, options?: ApplyOptions<ReferenceTensor>): boolean;
  values(): Promise<Record<string, number[]>>;
}

export interface SmallRunOptions {
  readonly accumulate?: number;
  readonly skipNonFinite?: boolean;
  /** Default: AdamW behind a clip by norm. */
  readonly transform?: GradientTransform;
}

/** Two small parameters on a float64 engine of their own, and an optimizer. */
export function setUp(options: SmallRunOptions = {}): SmallRun {
  const engine = referenceVariables(start);
  const { ops, parameters } = engine;
  const optimizer = createOptimizer({ ops, parameters, transform: clippedAdamw(), ...options });
  const apply = (values: Record<string, number[]>, applyOptions?: ApplyOptions<ReferenceTensor>): boolean => {
    const gradients = tensorsLike(ops, parameters, values);
    const updated = optimizer.apply(gradients, applyOptions);
    ops.dispose(Object.values(gradients));
    return updated;
  };
  return { ...engine, optimizer, apply, values: () => readAll(parameters) };
}

/** The bits of everything an update may change. */
export const bitsOf = async ({ optimizer, values }: SmallRun): Promise<string> =>
  JSON.stringify([await values(), await optimizer.snapshot()]);

/** The code of the OptimError that `f` throws. */
export function codeOf(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    if (OptimError.isInstance(error)) return error.code;
    throw error;
  }
  return 'no error';
}
