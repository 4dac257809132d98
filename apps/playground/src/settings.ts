import type { ReadOptions, TrainRequest } from '@nt/forecast/worker';

/** What the form says, for the worker, the command and the snippet alike. */
export interface Settings {
  readonly target: string;
  readonly horizon: number;
  readonly inputSize: number;
  readonly epochs: number;
  readonly hiddenSize: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly engine: string;
}

/** Parts of the data that are not trained on. */
export const parts = { validation: 0.15, test: 0.15 };
/** Windows in a batch. */
export const batchSize = 64;
/** Updates between checkpoints: what a reload may cost. */
const checkpointEvery = 100;

/** Name under which a run is kept over reloads. */
export const keep = 'nt-playground';

/** The request to the worker. */
export function trainRequest(settings: Settings): TrainRequest {
  const { horizon, inputSize, epochs, hiddenSize, learningRate, seed, engine } = settings;
  return {
    forecaster: { horizon, inputSize, seed, model: { hiddenSize } },
    plan: { maxEpochs: epochs, batchSize, learningRate, ...parts },
    ...(engine && { engine }),
    keep,
    checkpointEvery,
    logEvery: 10,
  };
}

/** The settings that a request was made of. */
export function settingsOf({ forecaster, plan = {}, engine = '' }: TrainRequest, target: string): Settings {
  return {
    target,
    horizon: forecaster.horizon,
    inputSize: forecaster.inputSize ?? 3 * forecaster.horizon,
    epochs: plan.maxEpochs ?? 100,
    hiddenSize: (forecaster.model?.hiddenSize as number | undefined) ?? 512,
    learningRate: plan.learningRate ?? 1e-3,
    seed: forecaster.seed ?? 1,
    engine,
  };
}

/** A word for a shell. */
const word = (text: string): string => (/^[\w.,:/@%+=-]+$/.test(text) ? text : `"${text.replace(/["\\$`]/g, '\\$&')}"`);
const flag = (option: string): string => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Reading options as flags; several columns are a flag each, other lists one. */
function readingFlags(options: ReadOptions): string[] {
  return Object.entries(options).flatMap(([option, value]) => {
    if (value === undefined) return [];
    if (value === false) return [`--no-${flag(option).slice(2)}`];
    if (value === true) return [flag(option)];
    if (!Array.isArray(value)) return [`${flag(option)} ${word(value === '\t' ? 'tab' : String(value))}`];
    if (option === 'target' || option === 'time') return value.map((one) => `${flag(option)} ${word(String(one))}`);
    return [`${flag(option)} ${word(value.join(','))}`];
  });
}

/** What gives the same model in a terminal. */
export function ntCommand(file: string, options: ReadOptions, settings: Settings): string {
  const { horizon, inputSize, epochs, hiddenSize, learningRate, seed } = settings;
  return [
    `nt train -d ${word(file)}`,
    ...readingFlags(options),
    `--horizon ${horizon} --input-size ${inputSize} --hidden-size ${hiddenSize}`,
    `--epochs ${epochs} --batch-size ${batchSize} --lr ${learningRate} --seed ${seed}`,
    `--val-split ${parts.validation} --test-split ${parts.test} -o model`,
  ].join(' \\\n  ');
}

/** What gives the same model in a program. */
export function typescriptSnippet(file: string, options: ReadOptions, settings: Settings): string {
  const { forecaster, plan } = trainRequest(settings);
  const json = (value: object): string =>
    JSON.stringify(value)
      .replace(/"(\w+)":/g, ' $1: ')
      .replace(/}/g, ' }');
  return `import { createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
import { NhitsForecaster } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';

const data = await readTable(${JSON.stringify(file)}${Object.keys(options).length === 0 ? '' : `, ${json(options)}`});
const backend = await createCpuBackend();
const recipe = new NhitsForecaster(backend, ${json(forecaster)});
const { forecaster } = await recipe.fit(recipe.plan(data, ${json(plan ?? {})}));
console.table((await forecaster.evaluate(data)).rows);
await saveModelFolder(forecaster, 'model');
`;
}
