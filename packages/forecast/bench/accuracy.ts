// Accuracy of `fitBlend` on public sets beside the naive rules and its ridge, by the protocols of the field: train,
// validation and test part in the order of time, z-scored by the training part, every window whose targets lie in the
// test part; day-ahead: one forecast each midnight, in EUR. The files are not part of the repository: NT_SHARED_DATA names
// their folder; `--short` takes what is. Each fit is kept in a file and not made again.
// Usage: NT_SHARED_DATA=FOLDER pnpm bench:accuracy --seeds=1,2,3 [--sets=ETTh1,Brent] [--preset=fast] [--updates=300]
//   [--refits=4] [--recalibrate=7] [--refit-with-validation] [--ablation] [--threads=2] [--rows=FILE] [--again] [--short]
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createCpuBackend } from '@nt/backend-cpu';
import { windows } from '@nt/data';
import { dataFolder } from '../long/public-sets.ts';
import {
  type BlendPreset,
  backtest,
  blendEstimator,
  type EvaluationRow,
  evaluate,
  naive,
  type Predictor,
  seasonalNaive,
} from '../src/index.ts';
import { blendConfig } from '../src/recipe/blend-options.ts';
import { filledPool } from '../src/recipe/filled-pool.ts';
import { seasonsOf } from '../src/recipe/seasons.ts';
import { ablation, ablationTable, madeBefore, type PooledMember } from './ablation.ts';
import { type AccuracyRow, accuracyRows } from './accuracy-rows.ts';
import { accuracyTable } from './accuracy-table.ts';
import { type BenchSet, benchSets, shortSets } from './more-sets.ts';

const { values } = parseArgs({
  options: {
    sets: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    preset: { type: 'string' },
    threads: { type: 'string', default: `${availableParallelism()}` },
    /** Updates of each network at most. */
    updates: { type: 'string' },
    /** Fits of the day-ahead protocol, evenly over its test part. */
    refits: { type: 'string', default: '1' },
    /** Days between two recalibrations of ridges, weights and intervals in the day-ahead protocol; 0 = with trainings only. */
    recalibrate: { type: 'string', default: '0' },
    rows: { type: 'string', default: '.cache/accuracy-rows.jsonl' },
    /** Makes fits again that are there. */
    again: { type: 'boolean', default: false },
    /** What validation chose is fitted once more, on the validation part too. */
    'refit-with-validation': { type: 'boolean', default: false },
    /** A second table: what the members of each fit come to when they are blended without some of them, or otherwise. */
    ablation: { type: 'boolean', default: false },
    /** Minutes, on series of this repository. */
    short: { type: 'boolean', default: false },
  },
});
const offered = values.short ? shortSets : benchSets;
if (!values.short && dataFolder() === null)
  throw new Error('NT_SHARED_DATA: expected the folder with the public series; --short needs none.');
const names = values.sets?.split(',') ?? offered.map(({ name }) => name);
const unknown = names.find((name) => !offered.some((one) => one.name === name));
if (unknown !== undefined)
  throw new Error(`--sets: expected some of ${offered.map(({ name }) => name)}; got ${unknown}.`);
const preset = (values.preset ?? (values.short ? 'fast' : 'accurate')) as BlendPreset;
// Told in every row: what is usual may be another number tomorrow.
const usual = values.short ? 60 : blendConfig({ horizon: 1, preset }).maxUpdates;
const updates = values.updates === undefined ? usual : Number(values.updates);
const refitWithValidation = values['refit-with-validation'];
const kept = accuracyRows(values.rows);
const backend = await createCpuBackend({ threads: Number(values.threads) });

const rows: AccuracyRow[] = [];
for (const one of offered.filter(({ name }) => names.includes(name))) {
  for (const seed of values.seeds.split(',').map(Number)) {
    const refits = one.isDayAhead ? Number(values.refits) : null;
    const recalibrate = one.isDayAhead ? Number(values.recalibrate) : 0;
    const key = { set: one.name, seed, preset, updates, refits, recalibrate, refitWithValidation };
    const known = values.again ? undefined : kept.find(key);
    const isWhole = !values.ablation || one.isDayAhead || known?.ablation !== undefined;
    const done = isWhole ? known : undefined;
    if (done === undefined) console.error(`${one.name}, seed ${seed} …`);
    const start = performance.now();
    const found = done ?? { ...key, ...(await (one.isDayAhead ? dayAhead(one, seed) : fitted(one, seed))) };
    const row: AccuracyRow =
      'date' in found
        ? found
        : {
            ...found,
            seconds: (performance.now() - start) / 1000,
            load: loadavg()[0]!,
            date: new Date().toISOString().slice(0, 10),
          };
    if (done === undefined) kept.keep(row);
    console.error(JSON.stringify(row));
    rows.push(row);
  }
}
console.log(accuracyTable(rows).join('\n'));
if (values.ablation) console.log(['', ...ablationTable(rows)].join('\n'));
console.error('load', loadavg());
await backend.dispose();

type Found = Pick<AccuracyRow, 'errors' | 'covered' | 'madeUpdates' | 'why' | 'ablation'>;

/** One fit, judged on all windows of the test part. */
async function fitted(one: BenchSet, seed: number): Promise<Found> {
  const { set, split } = one.load();
  const { horizon } = one;
  const { pool, chosen } = await filledPool(backend, set, {
    horizon,
    split,
    seed,
    preset,
    refitWithValidation,
    maxUpdates: updates,
    onEvent: (event) => {
      if (event.type === 'member-end') console.error(one.name, JSON.stringify(event.report));
    },
  });
  const asked = windows(set, { inputSize: 1, horizon, ranges: split.test });
  const members: PooledMember[] = [];
  for (const { report, predictor: member, forecast } of values.ablation ? pool.candidates : []) {
    members.push({ report, validation: forecast, test: (await member.predictWindows(asked)).point });
  }
  const { predictor, explanation } = await pool.blend(chosen);
  const errorsIn = (row: EvaluationRow): readonly number[] =>
    one.isM4 ? [row.smape, row.mase] : [row.metrics.mse!, row.mae];
  const judged = async (method: Predictor, levels: readonly number[] = []): Promise<EvaluationRow> =>
    (await evaluate([method], asked, { metrics: ['mse'], levels })).rows[0]!;
  const { short } = seasonsOf(set.frequency);
  const own = await judged(predictor, [80, 95]);
  const others = [naive(horizon), ...(short > 1 ? [seasonalNaive(horizon, short)] : [])];
  const ridge = predictor.members.find(({ name }) => name === 'ridge')?.predictor;
  const errors = [{ method: 'blend', values: errorsIn(own) }];
  for (const [name, method] of [...others.map((rule) => [rule.method, rule] as const), ['ridge', ridge] as const]) {
    if (method) errors.push({ method: name, values: errorsIn(await judged(method)) });
  }
  predictor.dispose();
  const used = explanation.members.filter(({ weight }) => weight > 0);
  return {
    errors,
    covered: Object.fromEntries(own.intervals.map(({ level, coverage }) => [level, coverage])),
    madeUpdates: explanation.members.reduce((sum, member) => sum + (member.updates ?? 0), 0),
    ...(values.ablation && {
      ablation: await ablation(pool.scored, members, async (made) => errorsIn(await judged(madeBefore(made, asked)))),
    }),
    why: `${used.map(({ name, weight }) => `${name} ${weight.toFixed(2)}`).join(', ')}. ${explanation.verdict.reason}`,
  };
}

/** A forecast each midnight of the test part; trained `refits` times on what lies before, recalibrated between. */
async function dayAhead(one: BenchSet, seed: number): Promise<Found> {
  const { set, split } = one.load();
  const { horizon } = one;
  const trainings = Number(values.refits);
  const every = Number(values.recalibrate);
  const days = (split.test.ends[0]! - split.test.starts[0]!) / horizon;
  if (!Number.isInteger(days / trainings)) throw new Error('--refits: expected a divisor of 728 days: 1, 2, 4, 7 …');
  const refit = every === 0 ? 1 : days / trainings / every;
  if (!Number.isInteger(refit)) throw new Error('--recalibrate: expected a divisor of the days between trainings.');
  const folds = trainings * refit;
  const estimator = blendEstimator(backend, {
    horizon,
    seed,
    preset,
    refitWithValidation,
    maxUpdates: updates,
  });
  const validation = split.validation.ends[0]! - split.validation.starts[0]!;
  const { evaluation } = await backtest(estimator, set, {
    folds,
    testSize: (days * horizon) / folds,
    validation,
    stride: horizon,
    refit,
    recalibrate: every > 0,
    levels: [80, 95],
    onEvent: (event) => {
      if (event.type === 'fold-end') console.error(one.name, `fold ${event.fold + 1} of ${event.folds}`);
    },
  });
  return {
    errors: evaluation.rows.map(({ method, mae }) => ({ method, values: [mae] })),
    covered: Object.fromEntries(evaluation.rows[0]!.intervals.map(({ level, coverage }) => [level, coverage])),
    madeUpdates: null,
    why: `${evaluation.windows} forecasts; trained ${trainings === 1 ? 'once' : `${trainings} times`}${every > 0 ? ` and recalibrated every ${every} days` : ''}, where the published ones are trained anew each day`,
  };
}
