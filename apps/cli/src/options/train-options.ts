import type { SplitSize } from '@nt/data';
import {
  type AugmentationChoice,
  type AverageChoice,
  augmentationNames,
  averageNames,
  type LookaheadChoice,
  type LossChoice,
  lossNames,
  type NanPolicy,
  nanPolicyNames,
  type OptimizerChoice,
  optimizerNames,
  precisionNames,
  type ScheduleChoice,
  scheduleNames,
} from '@nt/forecast';
import type { Precision } from '@nt/trainer';
import { type Command, Option } from 'commander';
import { type EngineName, engineNames } from '../create-engine.ts';
import { type ModelName, modelNames } from '../create-forecaster.ts';
import type { DataOptions } from './data-options.ts';
import { choice, choices, parseSettings } from './parse-choice.ts';
import { integer, number, part } from './parse-number.ts';

/** Flags of `nt train`, as commander gives them. Names are those that users of the earlier system know. */
export interface TrainFlags extends DataOptions {
  readonly output: string;
  readonly resume?: boolean | string;
  readonly overwrite?: boolean;
  readonly model: ModelName;
  readonly variant: 'neuralforecast' | 'paper';
  readonly inputSize: number;
  readonly horizon: number;
  readonly hiddenSize: number;
  readonly nStacks: number;
  readonly dropout: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly patience: number;
  readonly valSplit: SplitSize;
  readonly testSplit: SplitSize;
  readonly augment?: readonly AugmentationChoice[];
  readonly loss: LossChoice;
  readonly optimizer: OptimizerChoice;
  readonly lr?: number;
  readonly weightDecay?: number;
  readonly lookahead?: true | LookaheadChoice;
  readonly schedule?: ScheduleChoice;
  readonly warmup: number;
  readonly accumulate: number;
  readonly clip: number;
  readonly clipValue: number;
  readonly averaging: AverageChoice;
  readonly nanPolicy?: NanPolicy;
  readonly backend: EngineName;
  readonly precision: Precision;
  readonly seed: number;
  readonly checkpointDir?: string;
  readonly checkpointEvery?: number;
  readonly logEvery?: number;
  readonly logCsv?: string;
  readonly logJsonl?: string;
  readonly tensorboard?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Adds the flags that say what to train and how. */
export function addTrainOptions(command: Command): Command {
  addNetworkOptions(command.optionsGroup('Network:'));
  addTrainingOptions(command.optionsGroup('Training:'));
  addUpdateOptions(command.optionsGroup('Updates (NAME may be NAME:option=value,… with the options of the library):'));
  return addEngineOptions(command.optionsGroup('Engine:'));
}

function addNetworkOptions(command: Command): Command {
  return command
    .addOption(new Option('--model <type>', 'the network').choices(modelNames).default('nhits'))
    .addOption(
      new Option('--variant <name>', 'N-HiTS as in neuralforecast, or as in the paper (fewer layers)')
        .choices(['neuralforecast', 'paper'])
        .default('neuralforecast'),
    )
    .option('--input-size <steps>', 'time steps that the network looks back', integer(1), 168)
    .option('--horizon <steps>', 'time steps to forecast', integer(1), 24)
    .option('--hidden-size <n>', 'width of the hidden layers', integer(1), 512)
    .option('--n-stacks <n>', 'stacks, each looking at a finer scale than the one before', integer(1), 3)
    .option('--dropout <p>', 'probability of dropping a hidden value', number(0, 1), 0);
}

function addTrainingOptions(command: Command): Command {
  return command
    .option('--epochs <n>', 'most passes over the training windows', integer(1), 100)
    .option('--batch-size <windows>', 'windows in a batch', integer(1), 128)
    .option('--patience <checks>', 'validation checks without improvement before it stops, 0 = never', integer(0), 10)
    .option(
      '--val-split <part>',
      'part of the data that decides when to stop: a fraction, time steps, or its first date',
      part,
      0.1,
    )
    .option('--test-split <part>', 'newest part of the data, kept back to judge the model, likewise', part, 0.2)
    .option(
      '--augment <NAME>',
      `change training windows at random, may be given several times: ${augmentationNames.join(', ')}`,
      choices(augmentationNames),
    )
    .option('--seed <n>', 'same seed, same data, same machine: same bits', integer(0), 1);
}

function addUpdateOptions(command: Command): Command {
  return command
    .addOption(named('--loss <NAME>', 'what is minimised', lossNames).default({ name: 'mae' }, 'mae'))
    .addOption(
      named('--optimizer <NAME>', 'how weights are updated', optimizerNames).default({ name: 'adamw' }, 'adamw'),
    )
    .option('--lr <rate>', "largest learning rate (default: the optimizer's own, 0.001 for adamw)", number(0))
    .option('--weight-decay <rate>', "default: the optimizer's own, 0.01 for adamw", number(0))
    .option('--lookahead [settings]', 'slow weights follow the optimizer: every=5,alpha=0.5', parseSettings)
    .addOption(
      named(
        '--schedule <NAME>',
        'learning rate over the run (default: cosine, for scheduleFreeAdamw constant)',
        scheduleNames,
      ),
    )
    .option('--warmup <updates>', 'updates in which the learning rate rises from 0', integer(0), 0)
    .option('--accumulate <batches>', 'batches in an update: their mean gradient', integer(1), 1)
    .option('--clip <norm>', 'limit of the global gradient norm, 0 = none', number(0), 1)
    .option('--clip-value <limit>', 'limit of each number in a gradient, 0 = none', number(0), 0)
    .addOption(
      named('--averaging <NAME>', 'validate and keep averaged weights', averageNames).default({ name: 'none' }, 'none'),
    )
    .addOption(
      new Option('--nan-policy <policy>', 'when a loss or gradient is not finite (default: stop when seen)').choices(
        nanPolicyNames,
      ),
    );
}

function addEngineOptions(command: Command): Command {
  return command
    .addOption(new Option('--backend <name>', 'what computes').choices(engineNames).default('cpu'))
    .addOption(new Option('--precision <policy>', 'what it computes in').choices(precisionNames).default('float32'));
}

function named(flags: string, description: string, names: readonly string[]): Option {
  return new Option(flags, `${description}: ${names.join(', ')}`).argParser(choice(names));
}
