// `pnpm -F @nt/examples curves`: one network, every optimizer and every schedule, three seeds. Writes the pictures of
// docs/guide/optimizers-and-schedules.md and prints its tables.
import { writeFile } from 'node:fs/promises';
import { createCpuBackend } from '@nt/backend-cpu';
import { readTable } from '@nt/data/node';
import { NhitsForecaster, optimizerNames, type PlanOptions, scheduleNames } from '@nt/forecast';
import { svgPlot } from '@nt/report';

const births = await readTable('../apps/cli/examples/us-births.csv', { target: 'births' });
const backend = await createCpuBackend();

/** Validation loss by update, mean of the seeds. */
async function curveOf(name: string, options: PlanOptions, seeds: readonly number[] = [1, 2, 3]) {
  const runs: number[][] = [];
  const at: number[] = [];
  for (const seed of seeds) {
    const recipe = new NhitsForecaster(backend, { horizon: 28, inputSize: 112, seed, model: { hiddenSize: 64 } });
    const plan = recipe.plan(births, { batchSize: 64, maxUpdates: 400, validationEvery: 20, patience: 0, ...options });
    const { forecaster, result } = await recipe.fit(plan);
    const checks = result.history.filter(({ kind }) => kind === 'validation');
    runs.push(checks.map(({ values }) => values['validationLoss']!));
    at.splice(0, at.length, ...checks.map(({ update }) => update));
    forecaster.dispose();
  }
  const values = at.map((_, check) => runs.reduce((sum, run) => sum + (run[check] ?? Number.NaN), 0) / seeds.length);
  return { name, at, values };
}

/** An optimizer at the best of seven rates by seed 1: rates of different optimizers do not compare. */
async function atItsBestRate(optimizer: (typeof optimizerNames)[number]): Promise<Curve> {
  const tried: { readonly rate: number; readonly lowest: number }[] = [];
  for (const rate of [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1]) {
    const { values } = await curveOf(optimizer, { optimizer, learningRate: rate, nanPolicy: 'stop' }, [1]);
    tried.push({ rate, lowest: lowestOf(values) });
  }
  const { rate } = tried.reduce((best, one) => (one.lowest < best.lowest ? one : best));
  return curveOf(`${optimizer} at ${rate}`, { optimizer, learningRate: rate });
}

const lowestOf = (values: readonly number[]): number => Math.min(...values.filter(Number.isFinite), Number.MAX_VALUE);

type Curve = Awaited<ReturnType<typeof curveOf>>;

/** The best of the curves as a picture, all of them as a table. */
async function show(file: string, title: string, column: string, curves: readonly Curve[]): Promise<void> {
  const ordered = [...curves].sort((a, b) => lowestOf(a.values) - lowestOf(b.values));
  // From update 80 on: before, every curve falls from 1 and would squeeze what differs later.
  const pictured = ordered
    .filter(({ name }) => drawn.includes(name.split(' ')[0]!))
    .map(({ name, at, values }) => ({ name, at: at.slice(3), values: values.slice(3) }));
  const description = `Validation loss over updates: ${pictured.map(({ name }) => name).join(', ')}.`;
  const plot = {
    title,
    description,
    x: 'number',
    xTitle: 'updates',
    yTitle: 'validation loss',
    lines: pictured,
  } as const;
  await writeFile(`../docs/guide/images/${file}.svg`, svgPlot(plot));
  const atUpdate = ({ at, values }: Curve, update: number): string =>
    (values[at.indexOf(update)] ?? Number.NaN).toFixed(4);
  console.log(
    `\n| ${column} | after 100 updates | after 200 | after 400 | lowest |\n| --- | ---: | ---: | ---: | ---: |`,
  );
  for (const curve of ordered) {
    const [first, second, last] = [100, 200, 400].map((update) => atUpdate(curve, update));
    console.log(`| \`${curve.name}\` | ${first} | ${second} | ${last} | ${lowestOf(curve.values).toFixed(4)} |`);
  }
}

/** Five lines are what a picture can show. */
const drawn = [
  'adamw',
  'muon',
  'lion',
  'sgd',
  'scheduleFreeAdamw',
  'cosine',
  'constant',
  'oneCycle',
  'step',
  'warmupStableDecay',
];

const optimizers: Curve[] = [];
for (const name of optimizerNames) optimizers.push(await atItsBestRate(name));
await show('optimizers', 'Optimizers, each at its best rate, cosine schedule', 'optimizer', optimizers);

const schedules: Curve[] = [];
for (const name of scheduleNames) {
  schedules.push(await curveOf(name, { schedule: name, learningRate: 3e-3 }));
}
await show('schedules', 'Schedules of AdamW with rate 0.003', 'schedule', schedules);
await backend.dispose();
