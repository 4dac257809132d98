import type { Tensor, Variable } from '@nt/tensor';
import type { BlockPlan } from './block-plan.ts';
import type { NhitsConfig } from './nhits-options.ts';

/** What a forward pass reads: sizes, weights, constants. */
export interface NhitsNetwork<T extends Tensor> {
  readonly config: NhitsConfig;
  readonly blocks: readonly BlockPlan[];
  /** Trained or not. */
  readonly parameters: ReadonlyMap<string, Variable<T>>;
  /** Interpolation `[knots, horizon]` of each block. */
  readonly matrices: readonly T[];
}
