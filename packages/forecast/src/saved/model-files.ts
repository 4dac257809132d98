import type { Backend, Json, Tensor } from '@nt/tensor';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { ForecastError } from '../forecast-error.ts';
import { modelFactories } from '../models/model-factories.ts';
import type { ModelFactory } from '../models/model-factory.ts';
import { checkKeys } from '../options/check-keys.ts';
import { badOption } from '../options/option.ts';
import type { Predictor } from '../predictor.ts';
import { residualNhits } from '../recipe/residual-nhits.ts';
import { readConfig, writeConfig } from './config-file.ts';
import { predictorKinds } from './predictor-kinds.ts';
import { jsonFile, readJsonFile } from './read-json-file.ts';
import { readState } from './read-state.ts';
import type { SavedFiles } from './saved-files.ts';

/** Files that a predictor may have in its folder, beside those of its members. */
export const folderFiles = [
  'config.json',
  'model.safetensors',
  // For people; a model works without them.
  'metrics.json',
  'data-report.json',
  'history.csv',
] as const;
/** What stood in the place of the first two before version 3, in their order. */
export const oldFiles = ['model.json', 'weights.safetensors'] as const;
/** Every file that a model folder may have, by name; those of its members have `members/0/` and so on before it. */
export const modelFileNames = [...folderFiles, ...oldFiles] as const;

/** The files of a model folder by path: `config.json`, `members/0/config.json`. */
export type ModelFiles = Readonly<Record<string, Uint8Array>>;

/** Where the files of a member lie. */
export const memberFolder = (folder: string, member: number): string => `${folder}members/${member}/`;

/** What is written beside a predictor. */
export interface SaveOptions {
  /** How it was judged: becomes `metrics.json`. Default: for a network, what was saved with it before, if it was loaded. */
  readonly evaluation?: Evaluation | null | undefined;
}

/**
 * A predictor as files: `config.json` (what it is, what it learnt from, how its data are read, and checksums),
 * `model.safetensors` where it has weights, its members in folders of the same format, and for people `history.csv`,
 * `data-report.json` and, if it was judged, `metrics.json`.
 *
 * @throws ForecastError `forecast/cannot-save` for a predictor of your own without `saving`
 */
export async function toModelFiles(predictor: Predictor, options: SaveOptions = {}): Promise<ModelFiles> {
  const { saving, trainedOn, method } = predictor;
  if (saving === undefined) throw cannotSave(method);
  const { kind, state, members = [] } = saving;
  checkKeys('save', options, ['evaluation']);
  const { evaluation } = options;
  if (evaluation !== undefined && evaluation !== null && !Array.isArray(evaluation.rows))
    throw badOption('evaluation', 'what evaluate gives', evaluation);
  const files = { ...(await saving.files?.()), ...(evaluation && { 'metrics.json': jsonFile(evaluation) }) };
  const below: Record<string, Uint8Array> = {};
  const checked: Record<string, Uint8Array> = { ...files };
  for (const [index, member] of members.entries()) {
    const folder = memberFolder('', index);
    for (const [path, bytes] of Object.entries(await toModelFiles(member))) below[`${folder}${path}`] = bytes;
    // It tells all else of the member.
    checked[`${folder}config.json`] = below[`${folder}config.json`]!;
  }
  const content = { kind, ...state, ...(trainedOn && { data: trainedOn }), members: members.length };
  return { ...below, ...files, 'config.json': await writeConfig(content, checked) };
}

/**
 * Rebuilds a predictor from its files, also from those that versions before this one wrote; `FittedForecaster` where it
 * is a network. Everything is checked, nothing in them is run. Files for people may be left out.
 *
 * @param factories networks that it may hold; default those of `modelFactories`, and the blend's own
 * @throws ForecastError `forecast/model-file` naming a file that is missing, damaged, altered, or of another model
 */
export function fromModelFiles<T extends Tensor>(
  backend: Backend<T>,
  files: ModelFiles,
  factories: readonly ModelFactory[] = [...Object.values(modelFactories), residualNhits()],
): Promise<Predictor> {
  const given = { backend: backend as unknown as Backend<Tensor>, factories };
  const isOld = files['config.json'] === undefined && files['model.json'] !== undefined;
  return isOld ? loadOld(given, files) : loadFolder(given, files, '');
}

type Given = Pick<SavedFiles, 'backend' | 'factories'>;

async function loadFolder(given: Given, files: ModelFiles, folder: string): Promise<Predictor> {
  const here = (name: string): Uint8Array | undefined => files[`${folder}${name}`];
  const config = await readConfig(folder, required(here('config.json'), `${folder}config.json`), here);
  const kind = config['kind'] as string;
  if (!Object.hasOwn(predictorKinds, kind)) throw unknownKind(folder, kind);
  const members: Predictor[] = [];
  try {
    for (let member = 0; member < Number(config['members'] ?? 0); member++) {
      members.push(await loadFolder(given, files, memberFolder(folder, member)));
    }
    const file = (name: string, need?: 'optional'): Uint8Array =>
      need === 'optional' ? here(name)! : required(here(name), `${folder}${name}`);
    return predictorKinds[kind]!({ ...given, folder, config, members, file });
  } catch (error) {
    for (const member of members) member.dispose();
    // What a checksum vouches for need not be what a version of this package writes.
    throw error instanceof TypeError ? notWhole(folder, kind, error) : error;
  }
}

async function loadOld(given: Given, files: ModelFiles): Promise<Predictor> {
  const [configName, weightsName] = oldFiles;
  const config = readState(configName, readJsonFile(configName, files[configName]!)) as unknown as SavedFiles['config'];
  const file = (name: string, need?: 'optional'): Uint8Array =>
    need === 'optional' ? (undefined as never) : required(files[weightsName], name);
  return predictorKinds['network']!({ ...given, folder: '', config, members: [], file });
}

function required(bytes: Uint8Array | undefined, file: string): Uint8Array {
  if (bytes) return bytes;
  throw new ForecastError(
    'forecast/model-file',
    `${file}: the file is missing; its model is not whole. Restore the model's folder or train again.`,
    { file },
  );
}

function notWhole(folder: string, kind: string, cause: TypeError): ForecastError {
  return new ForecastError(
    'forecast/model-file',
    `${folder}config.json: what it says of the ${kind} is not whole (${cause.message}). Restore the model's folder or train again.`,
    { kind },
    cause,
  );
}

function unknownKind(folder: string, kind: Json): ForecastError {
  return new ForecastError(
    'forecast/model-file',
    `${folder}config.json: the predictor is of kind '${String(kind)}'; known here: ${Object.keys(predictorKinds).join(', ')}. A newer version of this package wrote it.`,
    { kind },
  );
}

function cannotSave(method: string): ForecastError {
  return new ForecastError(
    'forecast/cannot-save',
    `${method} cannot be saved: a predictor of your own has no files. Save what it is made of, or leave it out of the ensemble.`,
    { method },
  );
}
