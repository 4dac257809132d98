import {
  chain,
  clipByGlobalNorm,
  clipByValue,
  createOptimizer,
  type GradientTransform,
  type Optimizer,
} from '@nt/optim';
import type { Tensor } from '@nt/tensor';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { CheckpointKeeper, nothingKept } from '../checkpoint/checkpoint-keeper.ts';
import { precisionOf, type Settings } from '../options/resolve-options.ts';
import type { TrainBatch, TrainOptions } from '../options/train-options.ts';
import type { StorageLock } from '../storage/checkpoint-storage.ts';
import type { TrainEventOf } from '../train-event.ts';
import { BatchFeed } from './batch-feed.ts';
import { findCheckpoint } from './find-checkpoint.ts';
import { initialLossScale } from './loss-scale.ts';
import { MeanLoss } from './mean-loss.ts';
import { noProfiler, simpleProfiler } from './profiler.ts';
import { restoreRun } from './restore-run.ts';
import type { Run } from './run.ts';
import { RunLoggers } from './run-loggers.ts';
import { type Counters, initialCounters } from './run-state.ts';
import { createSteps, type Steps } from './steps.ts';
import { StopWatch } from './stop-watch.ts';

type Notices = TrainEventOf<'notice'>[];

/** Takes the lock, reads the checkpoint to continue from, and makes everything that the run owns. */
export async function openRun<T extends Tensor, B extends TrainBatch, I>(
  settings: Settings<T, B, I>,
): Promise<Run<T, B, I>> {
  const notices: Notices = [];
  const lock = (await settings.options.checkpoint?.storage.lock()) ?? null;
  for (const message of lock?.notices ?? [])
    notices.push({ type: 'notice', code: 'lock-taken-over', message, details: {} });
  try {
    const checkpoint = await findCheckpoint(settings, notices);
    const steps = createSteps(settings);
    const optimizer = createRunOptimizer(settings, steps);
    try {
      if (checkpoint) await restoreRun(settings.options, optimizer, checkpoint);
      return assemble(settings, steps, optimizer, checkpoint, lock, notices);
    } catch (error) {
      optimizer.dispose();
      steps.dispose();
      throw error;
    }
  } catch (error) {
    await lock?.release().catch(() => {});
    throw error;
  }
}

function createRunOptimizer<T extends Tensor, B extends TrainBatch, I>(
  { options, accumulate }: Settings<T, B, I>,
  { updates }: Steps<T>,
): Optimizer<T> {
  return createOptimizer({
    ops: options.backend.ops,
    parameters: options.model.parameters,
    transform: wholeChain(options),
    accumulate,
    captureSite: updates,
    skipNonFinite: options.nanPolicy !== undefined || precisionOf(options) === 'mixed-float16',
  });
}

/** Clip → rule → average. */
function wholeChain({
  transform,
  gradientClipNorm,
  gradientClipValue,
  averaging,
}: Pick<
  TrainOptions<Tensor, TrainBatch, unknown>,
  'transform' | 'gradientClipNorm' | 'gradientClipValue' | 'averaging'
>): GradientTransform {
  const whole = [
    ...(gradientClipNorm ? [clipByGlobalNorm(gradientClipNorm)] : []),
    ...(gradientClipValue ? [clipByValue(gradientClipValue)] : []),
    transform,
    ...(averaging ? [averaging] : []),
  ];
  return whole.length === 1 ? transform : chain(...whole);
}

function assemble<T extends Tensor, B extends TrainBatch, I>(
  settings: Settings<T, B, I>,
  steps: Steps<T>,
  optimizer: Optimizer<T>,
  checkpoint: Checkpoint | null,
  lock: StorageLock | null,
  notices: Notices,
): Run<T, B, I> {
  const { options } = settings;
  const state = checkpoint?.state;
  const overfitStart = options.overfitBatches === undefined ? null : (state?.overfitStart ?? options.batches.state());
  const clock = options.clock ?? (() => performance.now());
  const watch = new StopWatch(clock, checkpoint?.manifest.elapsedMilliseconds ?? 0);
  return {
    settings,
    ops: options.backend.ops,
    optimizer,
    steps,
    feed: new BatchFeed(options.batches, overfitStart),
    loss: new MeanLoss(options.backend.ops, lossName(options.model), state?.unreadLoss ?? { sum: 0, weight: 0 }),
    watch,
    profiler: options.profiler ? simpleProfiler(() => options.backend.settle(), clock) : noProfiler,
    keeper: options.checkpoint ? new CheckpointKeeper(options.checkpoint, keptBy(checkpoint)) : null,
    lock,
    resumedFrom: checkpoint?.name ?? null,
    counters: countersOf(settings, checkpoint),
    loggers: new RunLoggers(options.loggers ?? [], notices),
    history: [...(state?.history ?? [])],
    notices,
    epochLoss: state?.epochLoss ?? { sum: 0, weight: 0 },
    bestWeights: checkpoint ? bestWeightsOf(checkpoint) : null,
    isDirty: checkpoint === null,
    savedAt: watch.milliseconds(),
    saveMilliseconds: 0,
    allSavesMilliseconds: 0,
    sawNonFinite: false,
  };
}

/** Several runs may be under way at once; the names of their models' variables differ. */
const lossName = <T extends Tensor>({ parameters }: TrainOptions<T, TrainBatch, unknown>['model']): string =>
  `${[...parameters.values()][0]?.name} mean loss`;

function keptBy(checkpoint: Checkpoint | null): ConstructorParameters<typeof CheckpointKeeper>[1] {
  if (!checkpoint) return nothingKept;
  const { bestCheckpoint, previousCheckpoint, topCheckpoints, firstNumber } = checkpoint.manifest;
  return {
    newest: checkpoint.name,
    previous: previousCheckpoint,
    best: bestCheckpoint,
    top: topCheckpoints,
    firstNumber,
  };
}

function bestWeightsOf({ bestWeights, weights, state }: Checkpoint): Checkpoint['bestWeights'] {
  return bestWeights ?? (state.best?.update === state.update ? weights : null);
}

function countersOf<T extends Tensor, B extends TrainBatch, I>(
  { options }: Settings<T, B, I>,
  checkpoint: Checkpoint | null,
): Counters {
  const names = Object.keys(initialCounters) as (keyof Counters)[];
  const source: Counters = checkpoint?.state ?? initialCounters;
  const counters = Object.fromEntries(names.map((name) => [name, source[name]])) as unknown as Counters;
  if (!checkpoint && precisionOf(options) === 'mixed-float16')
    counters.lossScale = initialLossScale(options.lossScaling ?? {});
  return counters;
}
