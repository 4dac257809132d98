import { lossNames, optimizerNames, scheduleNames } from '@nt/forecast';
import { type Command, Option } from 'commander';
import type { DataOptions } from './data-options.ts';
import { integer, number } from './parse-number.ts';

/** Flags of `nt train`, as commander gives them. Names are those that users of the earlier system know. */
export interface TrainFlags extends DataOptions {
  readonly output: string;
  readonly resume?: boolean | string;
  readonly overwrite?: boolean;
  readonly model: 'nhits';
  readonly variant: 'neuralforecast' | 'paper';
  readonly inputSize: number;
  readonly horizon: number;
  readonly hiddenSize: number;
  readonly nStacks: number;
  readonly dropout: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly weightDecay?: number;
  readonly optimizer: (typeof optimizerNames)[number];
  readonly schedule: (typeof scheduleNames)[number];
  readonly loss: (typeof lossNames)[number];
  readonly clip: number;
  readonly patience: number;
  readonly valSplit: number;
  readonly testSplit: number;
  readonly seed: number;
  readonly checkpointDir?: string;
  readonly checkpointEvery?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Adds the flags that say what to train and how. */
export function addTrainOptions(command: Command): Command {
  return command
    .addOption(new Option('--model <type>', 'the network').choices(['nhits']).default('nhits'))
    .addOption(
      new Option('--variant <name>', 'N-HiTS as in neuralforecast, or as in the paper (fewer layers)')
        .choices(['neuralforecast', 'paper'])
        .default('neuralforecast'),
    )
    .option('--input-size <steps>', 'time steps that the network looks back', integer(1), 168)
    .option('--horizon <steps>', 'time steps to forecast', integer(1), 24)
    .option('--hidden-size <n>', 'width of the hidden layers', integer(1), 512)
    .option('--n-stacks <n>', 'stacks, each looking at a finer scale than the one before', integer(1), 3)
    .option('--dropout <p>', 'probability of dropping a hidden value', number(0, 1), 0)
    .option('--epochs <n>', 'most passes over the training windows', integer(1), 100)
    .option('--batch-size <windows>', 'windows in an update', integer(1), 128)
    .option('--lr <rate>', 'largest learning rate', number(0), 1e-3)
    .option('--weight-decay <rate>', 'default: 0.01 for adamw, 0 for the others', number(0))
    .addOption(new Option('--optimizer <name>', 'how weights are updated').choices(optimizerNames).default('adamw'))
    .addOption(new Option('--schedule <name>', 'learning rate over the run').choices(scheduleNames).default('cosine'))
    .addOption(new Option('--loss <name>', 'what is minimised').choices(lossNames).default('mae'))
    .option('--clip <norm>', 'limit of the global gradient norm, 0 = none', number(0), 1)
    .option('--patience <checks>', 'validation checks without improvement before it stops, 0 = never', integer(0), 10)
    .option('--val-split <fraction>', 'part of the data that decides when to stop', number(0, 1), 0.1)
    .option('--test-split <fraction>', 'newest part of the data, kept back to judge the model', number(0, 1), 0.2)
    .option('--seed <n>', 'same seed, same data, same machine: same bits', integer(0), 1);
}

/** Pooling kernels and downsampling of `n` stacks: powers of two, coarse to fine; 3 gives neuralforecast's defaults. */
export function stacksOf(n: number): { nBlocks: number[]; nPoolKernelSize: number[]; nFreqDownsample: number[] } {
  const stacks = Array.from({ length: n }, (_, stack) => n - 1 - stack);
  return {
    nBlocks: stacks.map(() => 1),
    nPoolKernelSize: stacks.map((power) => (n === 3 ? Math.min(2 ** power, 2) : 2 ** power)),
    nFreqDownsample: stacks.map((power) => 2 ** power),
  };
}
