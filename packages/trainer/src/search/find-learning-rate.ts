import type { GradientTransform } from '@nt/optim';
import type { Tensor } from '@nt/tensor';
import { badOption, checkOptions } from '../options/check-options.ts';
import { aboveOne, aboveZero, aFunction, count, members, oneOf } from '../options/expectations.ts';
import type { TrainBatch, TrainOptions } from '../options/train-options.ts';
import { captureWeights } from '../run/check-metric.ts';
import { train } from '../train.ts';

/** The options of a run that the test also needs. */
export type TrialOptions<T extends Tensor, B extends TrainBatch, I> = Pick<
  TrainOptions<T, B, I>,
  | 'backend'
  | 'model'
  | 'batches'
  | 'toTensors'
  | 'lossOf'
  | 'weightOf'
  | 'seed'
  | 'accumulate'
  | 'gradientClipNorm'
  | 'gradientClipValue'
>;

/** Options of `findLearningRate`. */
export interface FindLearningRateOptions<T extends Tensor, B extends TrainBatch, I> {
  /** What will be trained, as in `train`. */
  readonly run: TrialOptions<T, B, I>;
  /** The optimizer for a learning rate that changes with the updates: `(learningRate) => adamw({ learningRate })`. */
  readonly transformFor: (learningRate: (completedUpdates: number) => number) => GradientTransform;
  /** Default 1e-8. */
  readonly minLearningRate?: number | undefined;
  /** Default 1. */
  readonly maxLearningRate?: number | undefined;
  /** Updates from the lowest to the highest rate, ≥ 2; default 100. */
  readonly updates?: number | undefined;
  /** Equal factors or equal differences between rates; default `exponential`. */
  readonly spacing?: 'exponential' | 'linear' | undefined;
  /** Ends the test when the smoothed loss is this many times its best; default 4. */
  readonly divergence?: number | undefined;
}

/** One update of the test. */
export interface LearningRatePoint {
  readonly learningRate: number;
  readonly loss: number;
  /** Exponential mean over the updates (0.98), corrected for its beginning. */
  readonly smoothedLoss: number;
}

/** What the test found; `points` is what a plot needs. */
export interface LearningRateSuggestion {
  /** The rate at which the smoothed loss fell fastest; null when it never fell. */
  readonly suggestion: number | null;
  readonly points: readonly LearningRatePoint[];
}

/**
 * Learning-rate range test: a short run with a growing rate. Model and batches are put back to where they were.
 *
 * @throws TrainerError `trainer/unknown-option`, `trainer/bad-option`, and as `train`
 * Source: Smith 2017, "Cyclical Learning Rates"; smoothing, stop and steepest-descent suggestion as Lightning's `lr_find`.
 * Differs: the first tenth of the updates neither ends the test nor is suggested; its smoothed loss is that of a few batches.
 */
export async function findLearningRate<T extends Tensor, B extends TrainBatch, I>(
  options: FindLearningRateOptions<T, B, I>,
): Promise<LearningRateSuggestion> {
  const { run, updates = 100, divergence = 4 } = checked(options);
  const weights = await captureWeights(run.model);
  const position = run.batches.state();
  try {
    const points: LearningRatePoint[] = [];
    const events = train({ ...run, transform: options.transformFor(rates(options)), maxUpdates: updates, logEvery: 1 });
    for await (const event of events) {
      if (event.type !== 'update-end' || event.loss === null || event.learningRate === null) continue;
      if (!Number.isFinite(event.loss)) break;
      points.push(nextPoint(points, event.learningRate, event.loss));
      if (hasDiverged(points.slice(settling(updates)), divergence)) break;
    }
    return { suggestion: steepest(points, settling(updates)), points };
  } finally {
    run.model.loadWeights(weights);
    run.batches.restore(position);
  }
}

function checked<T extends Tensor, B extends TrainBatch, I>(options: FindLearningRateOptions<T, B, I>): typeof options {
  const rules = {
    run: members('backend', 'model', 'batches', 'toTensors', 'lossOf'),
    transformFor: aFunction,
    minLearningRate: aboveZero,
    maxLearningRate: aboveZero,
    updates: (value: number) => (count(value) === true && value >= 2) || 'to be a whole number >= 2',
    spacing: oneOf('exponential', 'linear'),
    divergence: aboveOne,
  };
  checkOptions('findLearningRate', options, rules, ['run', 'transformFor']);
  const { minLearningRate = 1e-8, maxLearningRate = 1 } = options;
  if (minLearningRate < maxLearningRate) return options;
  throw badOption('findLearningRate', 'maxLearningRate', `to be above ${minLearningRate}`, maxLearningRate);
}

function rates<T extends Tensor, B extends TrainBatch, I>(
  options: FindLearningRateOptions<T, B, I>,
): (completedUpdates: number) => number {
  const { minLearningRate: low = 1e-8, maxLearningRate: high = 1, updates = 100, spacing = 'exponential' } = options;
  return (completed) => {
    const part = completed / (updates - 1);
    return spacing === 'linear' ? low + (high - low) * part : low * (high / low) ** part;
  };
}

const smoothing = 0.98;

function nextPoint(points: readonly LearningRatePoint[], learningRate: number, loss: number): LearningRatePoint {
  const before = points.at(-1);
  const seen = points.length;
  const sum = before ? before.smoothedLoss * (1 - smoothing ** seen) : 0;
  const smoothedLoss = (smoothing * sum + (1 - smoothing) * loss) / (1 - smoothing ** (seen + 1));
  return { learningRate, loss, smoothedLoss };
}

/** Updates at the beginning whose smoothed loss is still that of a few batches: a tenth. */
const settling = (updates: number): number => Math.floor(updates / 10);

function hasDiverged(points: readonly LearningRatePoint[], divergence: number): boolean {
  const least = points.reduce((least, { smoothedLoss }) => Math.min(least, smoothedLoss), Infinity);
  return points.length > 0 && points.at(-1)!.smoothedLoss > divergence * least;
}

function steepest(points: readonly LearningRatePoint[], from: number): number | null {
  let fastest = 0;
  let suggestion: number | null = null;
  for (let i = Math.max(1, from); i < points.length - 1; i++) {
    const slope = (points[i + 1]!.smoothedLoss - points[i - 1]!.smoothedLoss) / 2;
    if (slope < fastest) [fastest, suggestion] = [slope, points[i]!.learningRate];
  }
  return suggestion;
}
