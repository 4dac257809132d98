import type { NetworkRun, RunSpec } from '@nt/forecast';
import type { ScriptEngine, ScriptTask } from './script-task.ts';

/** Where an engine comes from, and what makes it. */
const engines: Readonly<Record<ScriptEngine, readonly [from: string, make: string]>> = {
  cpu: ['@nt/backend-cpu', 'createCpuBackend'],
  webgpu: ['@nt/backend-webgpu', 'createWebgpuBackend'],
  'node-gpu': ['@nt/backend-node-gpu', 'createNodeGpuBackend'],
  reference: ['@nt/tensor/reference', 'createReferenceBackend'],
};

/** TypeScript that does what a command did, with the library. Same data, seed and kernel set: same numbers. */
export function scriptOf(task: ScriptTask): string {
  const [from, make] = engines[('engine' in task && task.engine) || 'cpu'];
  const { imports, body, data } = { train, backtest, forecast, evaluate }[task.kind](task as never);
  return `import { ${make} } from '${from}';
import { readTable } from '@nt/data/node';
${imports}

const data = await readTable(${literal(data.source)}, ${literal(data.reading)});
const backend = await ${make}();
${body}
await backend.dispose();
`;
}

interface Parts {
  readonly imports: string;
  readonly data: { readonly source: string; readonly reading: object };
  readonly body: string;
}

type Task<Kind> = Extract<ScriptTask, { readonly kind: Kind }>;

const train = ({ run, output }: Task<'train'>): Parts =>
  'recipe' in run
    ? {
        imports: `import { fitBlend } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';`,
        data: run.data,
        body: `const { predictor } = await fitBlend(backend, data, ${literal(run.recipe)});
await saveModelFolder(predictor, ${literal(output)});
${run.recipe.test === 0 ? '' : `${printing('await predictor.evaluate(data)')}\n`}predictor.dispose();`,
      }
    : {
        imports: `import { Forecaster, modelFactories } from '@nt/forecast';
import { saveModelFolder } from '@nt/forecast/node';`,
        data: run.data,
        body: `${recipeOf(run)}
const plan = recipe.plan(data, ${literal(run.plan)});
const { forecaster } = await recipe.fit(plan);
await saveModelFolder(forecaster, ${literal(output)});
${run.plan.test === 0 ? '' : `${printing('await forecaster.evaluate(data)')}\n`}forecaster.dispose();`,
      };

const backtest = ({ run, walk }: Task<'backtest'>): Parts => ({
  imports:
    'recipe' in run
      ? "import { backtest, blendEstimator } from '@nt/forecast';"
      : "import { backtest, estimatorOf, Forecaster, modelFactories } from '@nt/forecast';",
  data: run.data,
  body: `${estimator(run)}
const found = await backtest(estimator, data, ${literal(walk)});
${printing('found.evaluation')}`,
});

/** Parts follow from the fold. */
function estimator(run: RunSpec): string {
  const { validation: _, test: __, ...training } = 'recipe' in run ? run.recipe : run.plan;
  return 'recipe' in run
    ? `const estimator = blendEstimator(backend, ${literal(training)});`
    : `${recipeOf(run)}
const estimator = estimatorOf(recipe, ${literal(training)});`;
}

const forecast = ({ model, data, options, future }: Task<'forecast'>): Parts => ({
  imports: "import { loadModelFolder } from '@nt/forecast/node';",
  data,
  body: `const model = await loadModelFolder(backend, ${literal(model)});
${
  future === undefined
    ? `const { series } = await model.predict(data, ${literal(options)});`
    : `const future = await readTable(${literal(future.source)}, ${literal(future.reading)});
const { series } = await model.predict(data, { ...${literal(options)}, future });`
}
for (const { id, times, values } of series)
  values.forEach((value, step) => console.log(id, new Date(times[step]!).toISOString(), value));
model.dispose();`,
});

const evaluate = ({ model, data, options }: Task<'evaluate'>): Parts => ({
  imports: `import { evaluateUnseen } from '@nt/forecast';
import { loadModelFolder } from '@nt/forecast/node';`,
  data,
  body: `const model = await loadModelFolder(backend, ${literal(model)});
${printing(`await evaluateUnseen(model, data, ${literal(options)})`)}
model.dispose();`,
});

const recipeOf = ({ forecaster: { modelType, ...options } }: NetworkRun): string =>
  `const recipe = new Forecaster(modelFactories[${literal(modelType)}], backend, ${literal(options)});`;

const printing = (evaluation: string): string =>
  `for (const { method, mae, rmse } of (${evaluation}).rows) console.log(method, mae, rmse);`;

/** JSON as one writes it in TypeScript: names without quotes. A text of JSON has no line breaks, so that names begin lines. */
const literal = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replace(/^(\s*)"([A-Za-z_$][\w$]*)":/gm, '$1$2:');
