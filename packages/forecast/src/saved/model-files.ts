import { type DataReport, scalerFromJson } from '@nt/data';
import { parse, SafetensorsError, serialize } from '@nt/safetensors';
import type { Backend, Json, NamedArrays, Tensor } from '@nt/tensor';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { FittedForecaster } from '../fitted-forecaster.ts';
import { ForecastError } from '../forecast-error.ts';
import { headOf } from '../heads/heads.ts';
import { createNetwork } from '../models/create-network.ts';
import { modelFactories } from '../models/model-factories.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { fittedNetwork } from '../predict/fitted-network.ts';
import { readConfig, writeConfig } from './config-file.ts';
import { historyCsv, historyRows } from './history-csv.ts';
import type { ModelRecords } from './model-records.ts';
import type { ModelState } from './model-state.ts';
import { jsonFile, readJsonFile } from './read-json-file.ts';
import { readState } from './read-state.ts';

/** Files that a model cannot do without. */
export const neededFiles = ['config.json', 'model.safetensors'] as const;
/** Files for people; a model works without them. */
export const recordFiles = ['metrics.json', 'data-report.json', 'history.csv'] as const;
/** What stood in the place of the needed ones before version 3, in their order. */
export const oldFiles = ['model.json', 'weights.safetensors'] as const;

/** Every file that a model folder may have, by name. */
export const modelFileNames = [...neededFiles, ...recordFiles, ...oldFiles] as const;

/** The files of a model folder by name. */
export type ModelFiles = Readonly<Partial<Record<(typeof modelFileNames)[number], Uint8Array>>>;

/** What is written beside a fitted forecaster. */
export interface SaveOptions {
  /** How it was judged: becomes `metrics.json`. Default: what was saved with it before, if it was loaded. */
  readonly evaluation?: Evaluation | null | undefined;
}

/**
 * A fitted forecaster as files: `config.json` (what it is, how it was trained, how its data were read, and checksums),
 * `model.safetensors` (the weights), and for people `history.csv`, `data-report.json` and, if it was judged, `metrics.json`.
 */
export async function toModelFiles(forecaster: FittedForecaster, options: SaveOptions = {}): Promise<ModelFiles> {
  const { state, records } = forecaster;
  const evaluation = options.evaluation ?? records.evaluation;
  const weights = await forecaster.saveWeights();
  const files = {
    'model.safetensors': serialize(weights, { format: 'pt', modelType: state.modelType }),
    ...(evaluation && { 'metrics.json': jsonFile(evaluation) }),
    ...(records.report && { 'data-report.json': jsonFile(records.report) }),
    ...(records.history.length > 0 && { 'history.csv': new TextEncoder().encode(await historyCsv(records.history)) }),
  };
  return { ...files, 'config.json': await writeConfig(state, files) };
}

/**
 * Rebuilds a forecaster from its files, also from those that versions before this one wrote. Everything is checked,
 * nothing in them is run. Files for people may be left out.
 *
 * @param factories the models it may be; default those of `modelFactories`
 * @throws ForecastError `forecast/model-file` naming a file that is missing, damaged, altered, or of another model
 */
export async function fromModelFiles<T extends Tensor>(
  backend: Backend<T>,
  files: ModelFiles,
  factories: readonly ModelFactory[] = Object.values(modelFactories),
): Promise<FittedForecaster> {
  const isOld = files['config.json'] === undefined && files['model.json'] !== undefined;
  const [configName, weightsName] = isOld ? oldFiles : neededFiles;
  const config = required(files, configName);
  const state = isOld ? readState(configName, readJsonFile(configName, config)) : await readConfig(config, files);
  const weights = readWeights(weightsName, required(files, weightsName));
  return rebuild(backend, configName, state, weights, isOld ? noRecords : readRecords(files), factories);
}

function rebuild<T extends Tensor>(
  backend: Backend<T>,
  configName: string,
  state: ModelState,
  weights: NamedArrays,
  records: ModelRecords,
  factories: readonly ModelFactory[],
): FittedForecaster {
  const factory = factories.find(({ modelType }) => modelType === state.modelType);
  if (!factory) {
    const known = factories.map(({ modelType }) => modelType).join(', ');
    throw new ForecastError(
      'forecast/model-file',
      `${configName}: the model is of type '${state.modelType}'; known here: ${known}.`,
      { modelType: state.modelType },
    );
  }
  const { historic, future, static: fixed } = state.data;
  const counts = { historic: historic.length, future: future.length, static: fixed.length };
  const head = headOf(state.loss);
  const model = createNetwork(factory, backend, state.forecaster, { ...counts, outputs: head.outputs }, true);
  try {
    model.loadWeights(weights);
    return new FittedForecaster(
      fittedNetwork({ backend, model, head, counts }),
      scalerFromJson(state.scaler),
      state,
      records,
    );
  } catch (error) {
    model.dispose();
    throw error;
  }
}

const noRecords: ModelRecords = { history: [], report: null, evaluation: null };

function readRecords(files: ModelFiles): ModelRecords {
  const { 'metrics.json': metrics, 'data-report.json': report, 'history.csv': history } = files;
  return {
    history: history ? historyRows(new TextDecoder().decode(history)) : [],
    report: report ? (readJsonFile('data-report.json', report) as DataReport) : null,
    evaluation: metrics ? (readJsonFile('metrics.json', metrics) as Json) : null,
  };
}

function required(files: ModelFiles, name: keyof ModelFiles): Uint8Array {
  const bytes = files[name];
  if (bytes) return bytes;
  throw new ForecastError(
    'forecast/model-file',
    `${name}: the file is missing; a model is ${neededFiles.join(' and ')}.`,
    {
      file: name,
    },
  );
}

/** Reads a file of weights. @throws ForecastError `forecast/model-file` */
export function readWeights(name: string, bytes: Uint8Array): NamedArrays {
  try {
    return Object.fromEntries(parse(bytes).tensors) as unknown as NamedArrays;
  } catch (error) {
    if (!SafetensorsError.isInstance(error)) throw error;
    throw new ForecastError('forecast/model-file', `${name}: ${(error as Error).message}`, { file: name }, error);
  }
}
