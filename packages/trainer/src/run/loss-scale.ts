import { checkOptions } from '../options/check-options.ts';
import { aboveOne, aboveZero, betweenZeroAndOne, count } from '../options/expectations.ts';

/** Dynamic loss scaling, with the names and defaults of PyTorch's GradScaler. */
export interface LossScalingOptions {
  /** Default 65536. */
  readonly initialScale?: number | undefined;
  /** Multiplies the scale after `growthInterval` good updates in a row; default 2. */
  readonly growthFactor?: number | undefined;
  /** Multiplies the scale after an update whose gradients overflowed; default 0.5. */
  readonly backoffFactor?: number | undefined;
  /** Updates; default 2000. */
  readonly growthInterval?: number | undefined;
}

/** What loss scaling remembers, as JSON. */
export interface LossScaleState {
  readonly scale: number;
  /** Good updates since the scale last changed. */
  readonly goodUpdates: number;
}

/** @throws TrainerError `trainer/unknown-option`, `trainer/bad-option` */
export function checkLossScaling(options: LossScalingOptions): void {
  checkOptions('lossScaling', options, {
    initialScale: aboveZero,
    growthFactor: aboveOne,
    backoffFactor: betweenZeroAndOne,
    growthInterval: count,
  });
}

/** Before the first update. */
export function initialLossScale({ initialScale = 65536 }: LossScalingOptions): LossScaleState {
  return { scale: initialScale, goodUpdates: 0 };
}

/** The state after an update that was applied, or left out because its gradients were not finite. */
export function afterUpdate(state: LossScaleState, applied: boolean, options: LossScalingOptions): LossScaleState {
  const { growthFactor = 2, backoffFactor = 0.5, growthInterval = 2000 } = options;
  if (!applied) return { scale: state.scale * backoffFactor, goodUpdates: 0 };
  if (state.goodUpdates + 1 < growthInterval) return { ...state, goodUpdates: state.goodUpdates + 1 };
  return { scale: state.scale * growthFactor, goodUpdates: 0 };
}
