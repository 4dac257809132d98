import type { NhitsForecasterOptions, PlanOptions, RunOptions } from '@nt/forecast';
import { nodeStorage } from '@nt/trainer/storage/node';
import type { OutputFolder } from '../output-folder.ts';
import type { TrainFlags } from './train-options.ts';

/** The network that the flags describe. */
export function forecasterOptions(flags: TrainFlags): NhitsForecasterOptions {
  const { horizon, inputSize, seed, hiddenSize, variant, dropout, nStacks } = flags;
  return { horizon, inputSize, seed, model: { hiddenSize, variant, dropoutProbTheta: dropout, ...stacksOf(nStacks) } };
}

/** How the flags want it trained, and on which part of the data. */
export function planOptions(flags: TrainFlags): PlanOptions {
  return {
    loss: flags.loss,
    optimizer: flags.optimizer,
    learningRate: flags.lr,
    weightDecay: flags.weightDecay,
    lookahead: flags.lookahead,
    schedule: flags.schedule,
    warmupUpdates: flags.warmup,
    accumulate: flags.accumulate,
    gradientClipNorm: flags.clip,
    gradientClipValue: flags.clipValue,
    averaging: flags.averaging,
    augment: flags.augment,
    nanPolicy: flags.nanPolicy,
    precision: flags.precision,
    batchSize: flags.batchSize,
    maxEpochs: flags.epochs,
    patience: flags.patience,
    validation: flags.valSplit,
    test: flags.testSplit,
  };
}

/** Where the run writes, and how often. */
export function runOptions({ checkpointEvery, logEvery }: TrainFlags, output: OutputFolder): RunOptions {
  return { checkpoints: nodeStorage(output.checkpoints), checkpointEvery, logEvery };
}

/** Pooling kernels and downsampling of `n` stacks: powers of two, coarse to fine; 3 gives neuralforecast's defaults. */
function stacksOf(n: number): { nBlocks: number[]; nPoolKernelSize: number[]; nFreqDownsample: number[] } {
  const stacks = Array.from({ length: n }, (_, stack) => n - 1 - stack);
  return {
    nBlocks: stacks.map(() => 1),
    nPoolKernelSize: stacks.map((power) => (n === 3 ? Math.min(2 ** power, 2) : 2 ** power)),
    nFreqDownsample: stacks.map((power) => 2 ** power),
  };
}
