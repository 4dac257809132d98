import { existsSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatFrequency } from '@nt/data';
import { type FittedForecaster, ForecastError } from '@nt/forecast';
import { fromNeuralforecastFiles } from '@nt/forecast/neuralforecast';
import { saveModelFolder } from '@nt/forecast/node';
import { createEngine } from '../create-engine.ts';
import { hasFiniteWeights } from '../finite-weights.ts';
import { shellText } from '../options/shell-text.ts';
import { whole } from '../output/numbers.ts';
import { stderrTerminal, type Terminal, writeResult } from '../output/terminal.ts';
import { checkFolder } from '../output-files.ts';
import { inspectOutput, prepareOutput } from '../output-folder.ts';
import { removeRunFile } from '../run-file.ts';
import { UsageError } from '../usage-error.ts';

export interface ConvertFlags {
  readonly output: string;
  readonly model?: string;
  readonly frequency?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Makes a model folder of one that neuralforecast has saved. */
export async function convert(folder: string, flags: ConvertFlags): Promise<void> {
  const { output, model, frequency } = flags;
  await checkSource(folder);
  await checkFolder(`--output ${output}`, output);
  const files = await filesOf(folder, model);
  const backend = await createEngine('cpu', 'float32');
  let forecaster: FittedForecaster | undefined;
  try {
    forecaster = await fromNeuralforecastFiles(backend, files, {
      ...(model !== undefined && { model }),
      ...(frequency !== undefined && { frequency }),
    });
    if (!(await hasFiniteWeights(forecaster)))
      throw new ForecastError('forecast/model-file', `The weights in '${folder}' are NaN or infinite.`, { folder });
    await prepareOutput(await inspectOutput(output, undefined), false, flags.overwrite === true);
    await saveModelFolder(forecaster, output);
    // Of a training that lay there: its data are not those of this model.
    await removeRunFile(output);
    const terminal = stderrTerminal(flags.quiet === true);
    await tell(terminal, forecaster, folder, flags);
    if (hasIntervals(files)) terminal.line('note: the conformal intervals of the folder are not taken over');
  } finally {
    forecaster?.dispose();
    await backend.dispose();
  }
}

/** @throws UsageError for what is no folder, or one of ours */
async function checkSource(folder: string): Promise<void> {
  if (!existsSync(folder)) throw new UsageError(`'${folder}': there is no such folder.`);
  if (!statSync(folder).isDirectory())
    throw new UsageError(`'${folder}' is a file; name the folder that NeuralForecast.save has written.`);
  if ((await inspectOutput(folder, undefined)).hasModel && !existsSync(join(folder, 'configuration.json')))
    throw new UsageError(`'${folder}' is a model of nt already: nt info ${shellText(folder)}`);
}

/** Saved beside the models, and not needed: `dataset` may be as large as the data. */
const besides = ['configuration.safetensors', 'dataset.safetensors'];

/** The files that are read, by name; those that are not only by name, so that old folders are told from empty ones. */
async function filesOf(folder: string, model: string | undefined): Promise<Record<string, Uint8Array>> {
  const names = await readdir(folder);
  const models = names.filter((name) => name.endsWith('.safetensors') && !besides.includes(name));
  checkModel(models, model);
  const files: Record<string, Uint8Array> = {};
  for (const name of names) {
    const isRead = name === 'configuration.json' || models.includes(name);
    files[name] = isRead ? await readFile(join(folder, name)) : new Uint8Array();
  }
  return files;
}

/** Whether `prediction_intervals` was given to `fit`: errors of a calibration, which are no part of the models. */
function hasIntervals(files: Readonly<Record<string, Uint8Array>>): boolean {
  const { configuration } = JSON.parse(new TextDecoder().decode(files['configuration.json'])) as {
    readonly configuration: { readonly prediction_intervals?: unknown };
  };
  return (configuration.prediction_intervals ?? null) !== null;
}

/** @throws UsageError when it is not plain which model is meant */
function checkModel(files: readonly string[], model: string | undefined): void {
  const aliases = files.map((name) => name.replace(/_\d+\.safetensors$/, ''));
  const choices = [...new Set(aliases)].map((alias) => `--model ${shellText(alias)}`).join(', ');
  if (model === undefined && new Set(aliases).size > 1)
    throw new UsageError(`The folder holds several models; choose one: ${choices}.`);
  if (model !== undefined && aliases.length > 0 && !aliases.includes(model))
    throw new UsageError(`The folder holds no model '${model}'; there is ${choices}.`);
}

async function tell(terminal: Terminal, forecaster: FittedForecaster, folder: string, flags: ConvertFlags) {
  const { state, horizon, method, quantiles } = forecaster;
  const { target, historic, future, static: fixed, frequency, reading } = state.data;
  const { inputSize } = state.forecaster;
  const parameters = Object.values(await forecaster.saveWeights()).reduce((sum, { data }) => sum + data.length, 0);
  const { importedFrom } = state.training as { readonly importedFrom: { readonly alias: string } };
  const next = `nt forecast -m ${shellText(flags.output)} -d FILE`;
  terminal.line(
    `${importedFrom.alias}: ${method}, ${inputSize} time steps in, ${horizon} ahead, frequency ${formatFrequency(frequency)}; ${whole(parameters)} parameters; loss ${state.loss.name}`,
  );
  const covariates = Object.entries({ historic, future, static: fixed }).filter(([, names]) => names.length > 0);
  const columns = [`id ${reading.id}`, `time ${reading.time}`, `target ${target}`];
  terminal.line(`reads ${[...columns, ...covariates.map(([kind, names]) => `${kind} ${names.join(' ')}`)].join(', ')}`);
  terminal.line(`model written to ${flags.output}`);
  terminal.line(`next: ${next}`);
  if (!flags.json) return;
  const found = {
    model: resolve(flags.output),
    source: resolve(folder),
    alias: importedFrom.alias,
    method,
    inputSize,
    horizon,
    frequency: formatFrequency(frequency),
    loss: state.loss,
    quantiles,
    parameters,
    reading,
    next,
  };
  writeResult(`${JSON.stringify(found, undefined, 2)}\n`);
}
