import type { Fold, SeriesSet } from '@nt/data';
import type { Predictor } from '../predictor.ts';
import { type Estimator, isEstimator, type Subject } from './estimator.ts';
import type { BacktestEvent } from './fold-forecasts.ts';

/** When an estimator is trained: in the first fold only, in every k-th, or in each from the weights of the one before. */
export type RefitPolicy = 'never' | 'warm' | number;

/** Where models trained in a backtest are kept. The caller decides how: `toModelFiles`, a folder, memory. */
export interface ModelStore {
  /** What was trained in a fold (from 0), bit for bit; null when it is not there. The backtest disposes it. */
  load(fold: number, method: string): Promise<Predictor | null>;
  /** The backtest goes on using and disposes the predictor. */
  save(fold: number, method: string, predictor: Predictor): Promise<void>;
}

/** What refitting needs to know. */
export interface RefitContext {
  readonly set: SeriesSet;
  readonly folds: readonly Fold[];
  readonly refit: RefitPolicy;
  /** How estimators that can are recalibrated in the folds between; null: not at all. */
  readonly recalibration: { readonly stride: number } | null;
  readonly models?: ModelStore | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: BacktestEvent) => void) | undefined;
}

/** The predictor of each fold, one at a time. */
export interface Refitting {
  /** The predictor for a fold and the fold in which it was trained; what it gave before must not be used any longer. */
  at(fold: number): Promise<{ readonly predictor: Predictor; readonly trainedIn: number | null }>;
  /** Frees what it trained. */
  dispose(): void;
}

/** The fold in which the predictor of a fold is trained. */
export function trainedInFold(fold: number, refit: RefitPolicy): number {
  if (refit === 'never') return 0;
  return refit === 'warm' ? fold : fold - (fold % refit);
}

/** Folds that share a model, or need the one before, together and in order: whoever runs several at once splits nowhere else. */
export function foldsByModel(folds: number, refit: RefitPolicy = 1): number[][] {
  const groups: number[][] = [];
  for (let fold = 0; fold < folds; fold++) {
    if (fold === 0 || (refit !== 'warm' && trainedInFold(fold, refit) === fold)) groups.push([]);
    groups.at(-1)!.push(fold);
  }
  return groups;
}

/**
 * Trains when the policy says so. Which fold is asked for first makes no difference to what comes out: a warm start begins
 * with the newest earlier model that is at hand, and trains the ones between.
 */
export function refitting(subject: Subject, context: RefitContext): Refitting {
  if (!isEstimator(subject)) {
    return { at: async () => ({ predictor: subject, trainedIn: null }), dispose: () => {} };
  }
  const { refit } = context;
  let held: { readonly predictor: Predictor; readonly trainedIn: number } | null = null;
  const dispose = (): void => {
    held?.predictor.dispose();
    held = null;
  };
  const recall = async (fold: number): Promise<boolean> => {
    if (held?.trainedIn === fold) return true;
    const predictor = await context.models?.load(fold, subject.method);
    if (!predictor) return false;
    dispose();
    held = { predictor, trainedIn: fold };
    return true;
  };
  const trainIn = async (fold: number): Promise<void> => {
    // Without a warm start the old model goes first: one in memory at a time.
    if (refit !== 'warm' || fold === 0) dispose();
    const predictor = await train(subject, fold, held?.predictor ?? null, context);
    dispose();
    held = { predictor, trainedIn: fold };
    await context.models?.save(fold, subject.method, predictor);
  };
  return {
    dispose,
    async at(fold) {
      const wanted = trainedInFold(fold, refit);
      let next = wanted;
      while (!(await recall(next)) && refit === 'warm' && next > 0) next -= 1;
      if (held?.trainedIn === next) next += 1;
      for (; next <= wanted; next++) await trainIn(next);
      const { predictor: trained, trainedIn } = held!;
      if (trainedIn === fold || !context.recalibration || !subject.recalibrate) return held!;
      const input = { set: context.set, split: context.folds[fold]!, trained, ...context.recalibration };
      return { predictor: await subject.recalibrate(input), trainedIn };
    },
  };
}

async function train(
  estimator: Estimator,
  fold: number,
  from: Predictor | null,
  { set, folds, signal, onEvent }: RefitContext,
): Promise<Predictor> {
  const { method } = estimator;
  onEvent?.({ type: 'fit-start', method, fold });
  const predictor = await estimator.fit({ set, split: folds[fold]!, from, signal });
  onEvent?.({ type: 'fit-end', method, fold });
  return predictor;
}
