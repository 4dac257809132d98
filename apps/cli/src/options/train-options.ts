import {
  type BlendPreset,
  type ForecasterOptions,
  type ModelOptions,
  type PlanOptions,
  partOptionTable,
} from '@nt/forecast';
import type { Precision } from '@nt/trainer';
import { type Command, Option } from 'commander';
import { type ModelName, modelNames } from '../create-forecaster.ts';
import { type EngineName, engineNames, precisions } from '../engine-names.ts';
import type { DataOptions } from './data-options.ts';
import { addEngineFlags } from './engine-flags.ts';
import { addOptionFlags, optionsGiven } from './option-flag.ts';
import { commandDefaults, fitFlags, forecasterFlags, networkFlags, precisionFlag, updateFlags } from './train-flags.ts';

/** What the earlier system's `--mixed-precision` means. */
const mixedPrecision: Precision = 'mixed-bfloat16';

/** Flags of `nt train`, as commander gives them, beside those of the tables in `train-flags.ts`. */
export interface TrainFlags extends DataOptions {
  readonly output: string;
  readonly resume?: boolean | string;
  readonly overwrite?: boolean;
  readonly model?: ModelName;
  readonly preset?: BlendPreset;
  readonly backend?: EngineName;
  readonly precision?: Precision;
  readonly gpu?: number | true;
  readonly mixedPrecision?: boolean;
  readonly checkpointDir?: string;
  readonly checkpointEvery?: number;
  readonly logEvery?: number;
  readonly logCsv?: string;
  readonly logJsonl?: string;
  readonly tensorboard?: string;
  readonly plot?: string;
  readonly report?: string;
  readonly sketch?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * Adds the flags that say what to train and how. Names are those that users of the earlier system know.
 *
 * @param parts of the data whose sizes are told; the others follow from something else
 */
export function addTrainOptions(
  command: Command,
  parts: readonly (keyof typeof partOptionTable)[] = ['validation', 'test'],
): Command {
  command
    .optionsGroup('Network:')
    .addOption(new Option('--model <type>', `the network (default: ${modelNames[0]})`).choices(modelNames));
  addOptionFlags(command, [...networkFlags, ...forecasterFlags]);
  const left = Object.keys(partOptionTable).filter((part) => !(parts as readonly string[]).includes(part));
  const training = fitFlags.filter(({ option }) => !left.includes(option));
  addOptionFlags(command.optionsGroup('Training:'), training);
  const group = 'Updates (NAME may be NAME:option=value,… with the options of the library):';
  addOptionFlags(command.optionsGroup(group), updateFlags);
  addEngineFlags(command.optionsGroup('Engine:')).option(
    '--mixed-precision',
    'mixed-bfloat16 where the engine can, else float32, and that is told',
  );
  return addOptionFlags(command, [precisionFlag]);
}

interface NetworkGiven {
  readonly nStacks?: number;
  readonly network?: ModelOptions;
}

/** The network that the flags describe, changed from the one that `before` describes; with nothing before, a new one. */
export function forecasterOptions(flags: TrainFlags, before?: ForecasterOptions): ForecasterOptions {
  const { nStacks, network, ...own } = optionsGiven(flags, networkFlags) as NetworkGiven;
  const stacks = nStacks !== undefined && ((flags.model ?? 'nhits') === 'nhits' ? stacksOf(nStacks) : { nStacks });
  const model = { ...before?.model, ...own, ...stacks, ...network };
  return { horizon: commandDefaults.horizon, ...before, ...optionsGiven(flags, forecasterFlags), model };
}

/** `auto` may come to a GPU, and those compute in float32. */
const canBeMixed = (engine: EngineName = engineNames[0]!): boolean =>
  engine !== 'auto' && precisions[engine].includes(mixedPrecision);

/** How the flags want it trained, and on which part of the data, changed from `before`; `engine` is the one asked for. */
export function planOptions(flags: TrainFlags, engine?: EngineName, before?: PlanOptions): PlanOptions {
  const given = optionsGiven(flags, [...fitFlags, ...updateFlags, precisionFlag]);
  const mixed = flags.mixedPrecision && canBeMixed(engine) ? { precision: mixedPrecision } : {};
  return { ...(before ?? { test: commandDefaults.test }), ...mixed, ...given };
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
