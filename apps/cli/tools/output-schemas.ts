type Schema = { readonly [key: string]: unknown };

/** An object with these members and no others; all are there but those of `optional`. */
const object = (properties: Record<string, Schema>, ...optional: readonly string[]): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const oneOf = (...names: readonly (string | number)[]): Schema => ({ enum: names });
const said = (description: string, schema: Schema): Schema => ({ description, ...schema });

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const number: Schema = { type: 'number' };
const count: Schema = { type: 'integer', minimum: 0 };
/** JSON has no NaN: what could not be computed is null. */
const maybe: Schema = { type: ['number', 'null'] };
/** Told for people and for comparisons; its members may change. */
const open: Schema = { type: 'object' };

const interval = { level: number, coverage: maybe, width: maybe, winkler: maybe };
const row = object({
  method: text,
  ...{ mae: maybe, rmse: maybe, smape: maybe, mase: maybe },
  metrics: said('those of --metrics, by name', { type: 'object', additionalProperties: maybe }),
  intervals: list(object(interval)),
  maeOfStep: said('by time step ahead', list(maybe)),
  maeOfSeries: said('in the order of seriesIds', list(maybe)),
});

const evaluation = object(
  {
    horizon: count,
    windows: count,
    series: count,
    seriesIds: list(text),
    seasonLength: count,
    from: said('milliseconds since the epoch', number),
    to: number,
    rows: said('the method in question first', list(row)),
    skill: orNull(
      object({
        method: text,
        against: text,
        skill: maybe,
        interval: orNull(list(maybe)),
        pValue: maybe,
        verdict: oneOf('better', 'worse', 'unclear'),
        note: { type: ['string', 'null'] },
      }),
    ),
    trading: open,
  },
  'trading',
);

const finding = orNull(object({ count, series: count, first: { type: ['string', 'null'] }, action: text }));
const name: Schema = { type: ['string', 'null'] };
const dataReport = object({
  source: text,
  format: text,
  rowsRead: count,
  rowsRejected: count,
  rejected: list(open),
  columns: object({
    ...{ time: name, id: name, targets: list(text) },
    ...{ historic: list(text), future: list(text), static: list(text), unused: list(text) },
  }),
  ...{ series: count, shortestSeries: count, shortestId: text, longestSeries: count, timeSteps: count },
  ...{ frequency: text, firstTime: name, lastTime: name },
  ...{ unsorted: finding, duplicates: finding, gaps: finding, missing: finding, nonFinite: finding },
  ...{ ends: finding, constant: finding },
  futureRows: count,
  notices: list(text),
});

const trainResult = object({
  reason: oneOf('completed', 'early-stopped', 'aborted', 'max-time', 'nan'),
  ...{ updates: count, epochs: count, windows: count, seconds: number, checkpointSeconds: number },
  best: orNull(open),
  weights: oneOf('best', 'last', 'averaged'),
  ...{ checkpoint: name, bestCheckpoint: name, skippedUpdates: count },
  ...{ profile: orNull(open), capture: orNull({ type: ['object', 'array'] }) },
});

const train: Schema = {
  anyOf: [
    object({
      model: said('folder of the model; null when there is none', name),
      result: trainResult,
      evaluation: orNull(evaluation),
      data: dataReport,
    }),
    object({
      model: text,
      blend: said('of whom it is made, and why, where several networks were trained', open),
      evaluation: orNull(evaluation),
      data: dataReport,
    }),
  ],
};

const optimize = object({
  ...{ config: open, trials: count },
  leaderboard: said(
    'the furthest result of each trial, the best first',
    list(
      object({
        ...{ trial: count, rung: count, updates: count, score: maybe, scores: list(maybe), seconds: number },
        ...{ point: open, problem: name, identity: open },
      }),
    ),
  ),
  best: said('options of the best; null where every trial failed', orNull(open)),
  testedRates: said('between which learning rates was searched; null without a range test', orNull(open)),
  ...{ seconds: number, timedOut: flag },
  next: said('the command that trains the best', name),
});

const forecast = object({
  target: text,
  horizon: count,
  notices: list(object({ code: text, message: text })),
  quantiles: list(number),
  series: list(
    object({
      id: text,
      times: said('as the file writes them', list(text)),
      values: list(number),
      quantiles: said('one list for each of the quantiles', list(list(number))),
      intervals: list(object({ level: number, lower: list(number), upper: list(number) })),
    }),
  ),
});

const unused: Schema = { type: 'object', additionalProperties: number };
const backtest = object({
  evaluation,
  folds: list(
    object({
      fold: count,
      trainedIn: { type: ['integer', 'null'] },
      ...{ trainSteps: count, validationSteps: count, unused, evaluation },
    }),
  ),
  refit: { anyOf: [oneOf('never', 'warm'), { type: 'integer', minimum: 1 }] },
  unused,
  rollingConformal: said(
    'null without --rolling-conformal',
    orNull(object({ method: text, scores: list(object({ ...interval, unjudged: count })) })),
  ),
  trading: orNull(open),
});

const leakcheck = object({
  method: text,
  passed: flag,
  checks: list(
    object({
      ...{ name: text, passed: flag, detail: text },
      differences: list(object({ future: text, what: text, series: text, time: text, was: maybe, is: maybe })),
    }),
  ),
});

const quantiles: Schema = { anyOf: [{ const: 'any' }, list(number)] };
const modelMembers = {
  kind: { const: 'model' },
  ...{ method: text, horizon: count, quantiles, bytes: count, source: name, next: text },
};
const info: Schema = {
  anyOf: [
    object({ kind: { const: 'data' }, report: dataReport, next: text }),
    object({ kind: { const: 'backtest' }, folds: count, finished: count, isDone: flag, run: open, next: name }),
    object({ kind: { const: 'run' }, run: open, next: text }),
    object({ kind: { const: 'search' }, results: count, isDone: flag, options: open, next: name }),
    object(
      { ...modelMembers, parameters: count, reading: open, description: open, evaluation: orNull(open) },
      ...['parameters', 'reading', 'description', 'evaluation'],
    ),
  ],
};

const works = object({ name: text, works: flag, description: orNull(open), problem: name });
const doctor = object({
  ...{ nt: text, node: text, system: text, processor: text, processors: count },
  engines: list(works),
  kernelSets: list(works),
});

const convert = object({
  ...{ model: text, source: text, alias: text, method: text, inputSize: count, horizon: count, frequency: text },
  ...{ loss: open, quantiles, parameters: count, reading: open, next: text },
});
const exported = object({
  file: text,
  format: oneOf('onnx', 'safetensors'),
  ...{ bytes: count, method: text, horizon: count },
});

const bench = object({
  ...{ nt: text, node: text, processor: text, processors: count, seconds: number },
  network: object({ inputSize: count, horizon: count, hiddenSize: count, batchSize: count }),
  engines: list(
    object({
      name: text,
      description: orNull(open),
      ...{ trainingWindowsPerSecond: maybe, forecastWindowsPerSecond: maybe },
      problem: name,
    }),
  ),
});

/** What `--json` of each verb prints, told once: schemas/*.json are written of it, and tests hold the command to them. */
export const outputSchemas: Readonly<Record<string, Schema>> = {
  train,
  evaluate: evaluation,
  forecast,
  backtest,
  leakcheck,
  optimize,
  resume: { anyOf: [train, backtest, optimize] },
  info,
  convert,
  export: exported,
  bench,
  doctor,
};

/** A published schema. */
export const schemaFile = (verb: string): string => {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return `${JSON.stringify({ $schema, title: `nt ${verb} --json`, ...outputSchemas[verb] }, undefined, 2)}\n`;
};
