import type { ReadOptions } from '@nt/forecast/worker';
import { batchSize, blendTest, parts, type Settings, trainRequest } from './settings.ts';

/** A file as it was read. */
export interface ReadFile {
  readonly name: string;
  readonly options: ReadOptions;
}

/** What gives the same in a terminal. @param settings null: the model was opened, not trained */
export function ntCommand({ name, options }: ReadFile, settings: Settings | null): string {
  const [file, reading] = [`-d ${word(name)}`, readingFlags(options)];
  const words =
    settings === null
      ? [`nt forecast -m model ${file}`, ...reading, '--levels 50,80,95']
      : [`nt train ${file}`, ...reading, ...trainFlags(settings)];
  return words.join(' \\\n  ');
}

function trainFlags({ what, horizon, seed, network }: Settings): string[] {
  const common = `--horizon ${horizon} --seed ${seed}`;
  if (network === null) return [`--preset ${what} ${common}`, `--test-split ${blendTest} -o model`];
  const { inputSize, epochs, hiddenSize, learningRate } = network;
  return [
    `${common} --input-size ${inputSize} --hidden-size ${hiddenSize}`,
    `--epochs ${epochs} --batch-size ${batchSize} --lr ${learningRate}`,
    `--val-split ${parts.validation} --test-split ${parts.test} -o model`,
  ];
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

/** What gives the same in a program. @param settings null: the model was opened, not trained */
export function typescriptSnippet({ name, options }: ReadFile, settings: Settings | null): string {
  const reading = Object.keys(options).length === 0 ? '' : `, ${literal(options)}`;
  const { imports, body } = settings === null ? opened : trained(settings);
  return `import { createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
${imports}

const data = await readTable(${JSON.stringify(name)}${reading});
const backend = await createCpuBackend();
${body}
const { series } = await model.predict(data, { levels: [50, 80, 95] });
console.log(series[0].values);
await backend.dispose();
`;
}

interface Snippet {
  readonly imports: string;
  readonly body: string;
}

const opened: Snippet = {
  imports: "import { loadModelFolder } from '@nt/forecast/node';",
  body: "const model = await loadModelFolder(backend, 'model');",
};

function trained(settings: Settings): Snippet {
  const request = trainRequest(settings);
  const end = `await saveModelFolder(model, 'model');
console.table((await evaluateUnseen(model, data)).rows, ['method', 'mae', 'rmse']);`;
  if ('recipe' in request)
    return {
      imports: `import { evaluateUnseen, fitBlend } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';`,
      body: `const { predictor: model } = await fitBlend(backend, data, ${literal(request.recipe)});
${end}`,
    };
  return {
    imports: `import { conformal, evaluateUnseen, NhitsForecaster, partOfPlan } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';`,
    body: `const recipe = new NhitsForecaster(backend, ${literal(request.forecaster)});
const plan = recipe.plan(data, ${literal(request.plan ?? {})});
const { forecaster } = await recipe.fit(plan);
const model = await conformal(forecaster, partOfPlan(plan, 'validation'));
${end}`,
  };
}

/** JSON as one writes it in TypeScript: names without quotes. A text of JSON has no line breaks, so that names begin lines. */
const literal = (value: object): string =>
  JSON.stringify(value, undefined, 2)
    .replace(/^(\s*)"([A-Za-z_$][\w$]*)":/gm, '$1$2:')
    .replace(/\n\s*/g, ' ');
