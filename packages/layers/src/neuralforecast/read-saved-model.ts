import type { NamedArray } from '@nt/tensor';
import { type LossChoice, lossChoice } from './loss-choice.ts';
import { readConfiguration } from './read-configuration.ts';
import { readModelFile } from './read-model-file.ts';
import { cannotRead } from './refuse.ts';
import { ownValue, savedNames } from './saved-values.ts';
import { takeArray } from './take-array.ts';

/** Which model of a folder to read. */
export interface FromNeuralforecastOptions {
  /** Its alias; needed only where the folder holds several. */
  readonly model?: string;
}

/** One model of a folder, unpacked, before a network makes sense of it. */
export interface SavedModel {
  readonly alias: string;
  /** The Python class: `NHITS`, `NBEATS` … */
  readonly modelClass: string;
  /** Arguments of that class, losses and the like as tagged objects. */
  readonly hyperParameters: Readonly<Record<string, unknown>>;
  /** By PyTorch's names; what layers share is there under each of its names. */
  readonly arrays: Readonly<Record<string, NamedArray>>;
  readonly loss: LossChoice;
  /** What belongs to all models of the folder. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** Which entry reads which class. */
const readers: Readonly<Record<string, string>> = {
  NHITS: '@nt/nhits/neuralforecast',
  NBEATS: '@nt/nbeats/neuralforecast',
};

/**
 * Reads a folder that neuralforecast 3.3's `NeuralForecast.save` has written: safetensors and JSON, no pickle.
 *
 * @param files the folder's files by name: `configuration.json` and `<alias>_<number>.safetensors`; others are not read
 * @param wanted the Python class that the caller can read; default any that some network here can
 * @throws LayersError `layers/neuralforecast` naming what cannot be read, and what to do
 */
export function readSavedModel(
  files: Readonly<Record<string, Uint8Array>>,
  { model }: FromNeuralforecastOptions = {},
  wanted?: string,
): SavedModel {
  const { configuration, format } = readConfiguration(files);
  if (format !== '2') throw cannotRead(`its format is '${format}'`, "this reads format '2', of neuralforecast 3.3");
  const categorical = Object.keys((configuration['categorical_vocab_'] as object | null | undefined) ?? {});
  if (categorical.length > 0)
    throw cannotRead(
      `it has categorical covariates (${categorical.join(', ')})`,
      'train it with numbers in their place',
    );
  const { alias, name, bytes } = modelFile(files, model);
  const { modelClass, hyperParameters, arrays, shared } = readModelFile(name, bytes);
  const reader = ownValue(readers, modelClass);
  if (!reader) throw cannotRead(`'${name}' is a ${modelClass}`, `there are ${Object.keys(readers).join(' and ')}`);
  if (wanted !== undefined && modelClass !== wanted)
    throw cannotRead(`'${name}' is a ${modelClass}, not a ${wanted}`, `read it with ${reader}`);
  const copies = Object.keys(shared).flatMap((kept) =>
    savedNames(shared, kept).map((other) => [other, takeArray({ arrays }, kept)] as const),
  );
  const loss = lossChoice(hyperParameters['loss'], arrays);
  return {
    alias,
    modelClass,
    hyperParameters,
    arrays: { ...arrays, ...Object.fromEntries(copies) },
    loss,
    configuration,
  };
}

const besides = ['configuration.safetensors', 'dataset.safetensors'];

function modelFile(files: Readonly<Record<string, Uint8Array>>, wanted: string | undefined) {
  const models = Object.keys(files)
    .filter((name) => name.endsWith('.safetensors') && !besides.includes(name))
    .map((name) => ({ name, alias: name.replace(/_\d+\.safetensors$/, ''), bytes: files[name]! }));
  const aliases = models.map(({ alias }) => alias).join(', ');
  if (models.length === 0) {
    const isOld = Object.keys(files).some((name) => name.endsWith('.ckpt'));
    throw cannotRead(
      isOld ? "its models are '.ckpt' files, which hold pickle" : `it has no model file among ${Object.keys(files)}`,
      'convert it with neuralforecast 3.3: `python -m neuralforecast.migrate <folder>`, or with the script in the README of @nt/nhits',
    );
  }
  const chosen = wanted === undefined ? models : models.filter(({ alias }) => alias === wanted);
  if (chosen.length === 1) return chosen[0]!;
  if (chosen.length > 1) throw cannotRead(`it holds several models: ${aliases}`, "name one with the option 'model'");
  throw cannotRead(`it holds no model '${wanted}'`, `it has ${aliases}`);
}
