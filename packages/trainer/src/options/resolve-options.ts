import { describeTransform } from '@nt/optim';
import type { Json, Tensor } from '@nt/tensor';
import { guardedStorage } from '../storage/guarded-storage.ts';
import type { Precision, PrecisionAnswer, TrainBatch, TrainOptions } from './train-options.ts';

/** Options with everything decided. */
export interface Settings<T extends Tensor, B extends TrainBatch, I> {
  /** As given; `fastDevRun` has already taken effect on them. */
  readonly options: TrainOptions<T, B, I>;
  readonly seed: number;
  readonly accumulate: number;
  readonly logEvery: number;
  readonly weightOf: (batch: B) => number;
  /** Micro-batches of an epoch. */
  readonly batchesPerEpoch: number;
  readonly updatesPerEpoch: number;
  readonly maxUpdates: number | null;
  readonly monitor: string;
  readonly mode: 'min' | 'max';
  /** Whether the best weights must be remembered. */
  readonly tracksBest: boolean;
  readonly restoreBestWeights: boolean;
  readonly validateEveryEpochs: number | null;
  /** What must be the same for a resumed run to give the same bits. */
  readonly compared: Json;
}

/** Fills in defaults. */
export function resolveOptions<T extends Tensor, B extends TrainBatch, I>(
  asked: TrainOptions<T, B, I>,
): Settings<T, B, I> {
  const options = withGuardedStorage(withFastDevRun(asked));
  const { validation, earlyStopping, checkpoint, batches, accumulate = 1, seed = 0 } = options;
  const batchesPerEpoch = Math.min(
    options.limitTrainBatches ?? Infinity,
    options.overfitBatches ?? Infinity,
    epochLength(options),
  );
  const updatesPerEpoch = Math.ceil(batchesPerEpoch / accumulate);
  const planned = Math.min(options.maxUpdates ?? Infinity, (options.maxEpochs ?? Infinity) * updatesPerEpoch);
  const restoreBestWeights =
    options.restoreBestWeights ??
    earlyStopping?.restoreBestWeights ??
    (validation !== undefined || earlyStopping !== undefined);
  const monitor = options.monitor ?? earlyStopping?.monitor ?? (validation ? 'validationLoss' : 'trainLoss');
  const mode = options.mode ?? earlyStopping?.mode ?? 'min';
  return {
    options,
    seed,
    accumulate,
    logEvery: options.logEvery ?? 50,
    weightOf: options.weightOf ?? ((batch) => batch.size),
    batchesPerEpoch,
    updatesPerEpoch,
    maxUpdates: Number.isFinite(planned) ? planned : null,
    monitor,
    mode,
    tracksBest: restoreBestWeights || (checkpoint !== undefined && checkpoint.best !== false),
    restoreBestWeights,
    validateEveryEpochs: validation?.everyEpochs ?? (validation?.everyUpdates === undefined ? 1 : null),
    compared: comparedOptions(options, { seed, accumulate, monitor, mode }, batches.batchesPerEpoch),
  };
}

/** What the run computes in. */
export function precisionOf(options: { readonly backend: PrecisionAnswer }): Precision {
  return options.backend.precision ?? 'float32';
}

function epochLength<T extends Tensor, B extends TrainBatch, I>({ batches }: TrainOptions<T, B, I>): number {
  return Math.max(1, batches.batchesPerEpoch);
}

function withFastDevRun<T extends Tensor, B extends TrainBatch, I>(
  options: TrainOptions<T, B, I>,
): TrainOptions<T, B, I> {
  const { fastDevRun, ...others } = options;
  if (!fastDevRun) return others;
  const updates = fastDevRun === true ? 1 : fastDevRun;
  const { earlyStopping, checkpoint, resumeFrom, resumeIfPresent, loggers, maxEpochs, maxTime, ...kept } = others;
  return { ...kept, maxUpdates: updates, ...(kept.validation && { limitValidationBatches: updates }) };
}

function withGuardedStorage<T extends Tensor, B extends TrainBatch, I>(
  options: TrainOptions<T, B, I>,
): TrainOptions<T, B, I> {
  const { checkpoint } = options;
  if (!checkpoint) return options;
  return { ...options, checkpoint: { ...checkpoint, storage: guardedStorage(checkpoint.storage) } };
}

/** Budgets, reports and storage may change between the parts of a run; these may not, unless declared. */
function comparedOptions<T extends Tensor, B extends TrainBatch, I>(
  options: TrainOptions<T, B, I>,
  resolved: Readonly<Record<string, Json>>,
  sourceBatchesPerEpoch: number,
): Json {
  const { validation, earlyStopping, transform, averaging, lossScaling, plateau } = options;
  return {
    ...resolved,
    sourceBatchesPerEpoch,
    transform: describeTransform(transform),
    averaging: averaging ? describeTransform(averaging) : null,
    gradientClipNorm: options.gradientClipNorm ?? null,
    gradientClipValue: options.gradientClipValue ?? null,
    nanPolicy: options.nanPolicy ?? null,
    precision: precisionOf(options),
    lossScaling: lossScaling ? given(lossScaling) : null,
    plateau: plateau !== undefined,
    minUpdates: options.minUpdates ?? 0,
    limitTrainBatches: options.limitTrainBatches ?? null,
    limitValidationBatches: options.limitValidationBatches ?? null,
    overfitBatches: options.overfitBatches ?? null,
    logEvery: options.logEvery ?? 50,
    validation: validation
      ? { everyEpochs: validation.everyEpochs ?? null, everyUpdates: validation.everyUpdates ?? null }
      : null,
    earlyStopping: earlyStopping ? given(earlyStopping) : null,
  };
}

/** An option that is undefined is one that is not there. */
function given(options: object): Record<string, Json> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
