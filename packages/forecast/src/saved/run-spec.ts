import { checkReading, DataError, type TableReading } from '@nt/data';
import { decidePlan, type Parts, type PlanOptions } from '../fit/plan-options.ts';
import { ForecastError } from '../forecast-error.ts';
import { type ForecasterConfig, type ForecasterOptions, forecasterConfig } from '../forecaster-options.ts';
import { checkKeys } from '../options/check-keys.ts';
import { decideOptions } from '../options/option.ts';
import { type BlendConfig, type BlendOptions, blendOptionTable } from '../recipe/blend-options.ts';
import type { TrainingConfig } from '../training/training-options.ts';

interface Run {
  readonly format: 'nt-run';
  readonly version: 2;
  readonly data: {
    /** Path, pattern or address: whoever reads it knows which. */
    readonly source: string;
    /** Options of the readers; `SeriesSet.reading` of data that were read already. */
    readonly reading: TableReading;
  };
}

/** The training of one network. */
export interface NetworkRun extends Run {
  readonly forecaster: { readonly modelType: string } & ForecasterConfig;
  readonly plan: Parts & TrainingConfig;
}

/** The fit of a blend: `fitBlend`. */
export interface BlendRun extends Run {
  readonly recipe: BlendConfig;
}

/**
 * A training run, told once: which data and how they are read, what is trained, and how. JSON, so that it can be saved,
 * compared and sent to another process; every option is decided, so that it means the same wherever it is read.
 */
export type RunSpec = NetworkRun | BlendRun;

interface DataOptions {
  readonly data: { readonly source: string; readonly reading?: TableReading | undefined };
}

/** What the training of a network may be told by: options that are not given have their defaults. */
export interface NetworkRunOptions extends DataOptions {
  readonly forecaster: { readonly modelType: string } & ForecasterOptions;
  readonly plan?: Omit<PlanOptions, 'split'> | undefined;
}

/** What the fit of a blend may be told by. */
export interface BlendRunOptions extends DataOptions {
  readonly recipe: Pick<BlendOptions, keyof BlendConfig>;
}

/** What a run may be told by. */
export type RunSpecOptions = NetworkRunOptions | BlendRunOptions;

/**
 * Decides and checks a run; options of the network itself are checked by the forecaster.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`: the path of the option, and the nearest name
 */
export function runSpec(options: NetworkRunOptions): NetworkRun;
export function runSpec(options: BlendRunOptions): BlendRun;
export function runSpec(options: RunSpecOptions): RunSpec;
export function runSpec(options: RunSpecOptions): RunSpec {
  const isBlend = 'recipe' in options;
  checkKeys('run', options, ['data', ...(isBlend ? ['recipe'] : ['forecaster', 'plan'])]);
  const { data, ...parts } = options;
  for (const [name, part] of Object.entries({ data, ...parts })) {
    const isAbsent = part === undefined && name === 'plan';
    if (isAbsent) continue;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) throw bad(name, 'an object', part);
  }
  const run: Run = { format: 'nt-run', version: 2, data: decidedData(data) };
  if (isBlend) {
    const { recipe } = options;
    if ('split' in recipe) throw bad('recipe.split', 'validation and test in its place: a run has no data yet', '…');
    return { ...run, recipe: within('recipe', () => decideOptions('recipe', blendOptionTable, withHorizon(recipe))) };
  }
  return { ...run, ...decidedNetwork(options) };
}

function decidedData(data: DataOptions['data'] | undefined): Run['data'] {
  if (data === undefined) throw bad('data', 'an object', data);
  within('data', () => checkKeys('data', data, ['source', 'reading']));
  const { source, reading = {} } = data;
  if (typeof source !== 'string' || source === '') throw bad('data.source', 'a path or an address', source);
  within('data', () => checkReading('reading', reading));
  return { source, reading };
}

function decidedNetwork({ forecaster, plan = {} }: NetworkRunOptions): Pick<NetworkRun, 'forecaster' | 'plan'> {
  if (forecaster === undefined) throw bad('forecaster', 'an object', forecaster);
  const { modelType, ...rest } = forecaster;
  if (typeof modelType !== 'string')
    throw bad('forecaster.modelType', "the type of a model, such as 'nhits'", modelType);
  const config = within('forecaster', () => forecasterConfig(rest));
  if ('split' in plan) throw bad('plan.split', 'validation and test in its place: a run has no data yet', '…');
  const { parts, training } = within('plan', () => decidePlan(plan));
  return { forecaster: { modelType, ...config }, plan: { ...parts!, ...training } };
}

function withHorizon(recipe: BlendRunOptions['recipe']): BlendRunOptions['recipe'] {
  if (recipe.horizon === undefined) throw bad('recipe.horizon', 'an integer >= 1', undefined);
  return recipe;
}

/**
 * Reads a run from JSON: an object, or its text.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option` as `runSpec`; also for another format or version
 */
export function readRunSpec(json: unknown): RunSpec {
  const { format, version, ...options } = (typeof json === 'string' ? parsed(json) : (json ?? {})) as Partial<RunSpec>;
  if (format !== 'nt-run') throw bad('format', "'nt-run'", format);
  if (version !== 2) throw bad('version', '2 (another version of this package wrote it)', version);
  return runSpec(options as RunSpecOptions);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ForecastError('forecast/option', 'run: expected JSON, found something else.', { option: 'run' }, error);
  }
}

function bad(option: string, expected: string, received: unknown): ForecastError {
  const message = `run: ${option}: expected ${expected}, got ${JSON.stringify(received) ?? 'nothing'}.`;
  return new ForecastError('forecast/option', message, { option, received });
}

/** Puts the path of the part before what is said about an option of it. */
function within<Result>(path: string, decide: () => Result): Result {
  try {
    return decide();
  } catch (error) {
    const isOurs = ForecastError.isInstance(error) || DataError.isInstance(error);
    if (!isOurs) throw error;
    const code = ForecastError.isInstance(error) ? error.code : 'forecast/option';
    const { option } = error.details as { option?: string };
    const details = { ...error.details, ...(option !== undefined && { option: `${path}.${option}` }) };
    throw new ForecastError(code, `run: ${path}: ${error.message}`, details, error);
  }
}
