import { describe, expect, it } from 'vitest';
import {
  blendOptionTable,
  forecasterOptionTable,
  partOptionTable,
  readRunSpec,
  runSpec,
  trainingOptionTable,
} from '../src/index.ts';

const options = {
  data: { source: 'sales.csv', reading: { target: 'sales', levels: { sky: ['rain', 'sun'] } } },
  forecaster: { modelType: 'nhits', horizon: 7, model: { hiddenSize: 8 } },
  plan: { optimizer: 'lion', schedule: { name: 'step', gamma: 0.5 }, augment: ['jitter'], test: '2024-01-01' },
} as const;

describe('a run', () => {
  it('holds every option of the tables, decided', () => {
    const { data, forecaster, plan } = runSpec(options);
    expect(data).toEqual(options.data);
    expect(Object.keys(forecaster).sort()).toEqual(['modelType', ...Object.keys(forecasterOptionTable)].sort());
    expect(Object.keys(plan).sort()).toEqual(
      [...Object.keys(partOptionTable), ...Object.keys(trainingOptionTable)].sort(),
    );
    expect([forecaster.inputSize, plan.learningRate, plan.test]).toEqual([21, expect.any(Number), '2024-01-01']);
  });

  it('says the same after any number of journeys as JSON', () => {
    for (const plan of [
      options.plan,
      { preset: 'reference' as const },
      { maxUpdates: 20 },
      { loss: 'quantile' as const },
    ]) {
      const spec = runSpec({ ...options, plan });
      const travelled = readRunSpec(JSON.stringify(spec));
      expect(travelled).toEqual(spec);
      expect(readRunSpec(JSON.parse(JSON.stringify(travelled)))).toEqual(spec);
    }
  });
});

describe('a run that fits a blend', () => {
  const blend = { data: options.data, recipe: { horizon: 7, preset: 'fast', test: '2024-01-01' } } as const;

  it('holds every option decided, and says the same after a journey as JSON', () => {
    const told = runSpec(blend);
    expect(Object.keys(told.recipe).sort()).toEqual(Object.keys(blendOptionTable).sort());
    expect(told.recipe).toMatchObject({ maxUpdates: 500, ensemble: 1, test: '2024-01-01', calendar: null });
    expect(readRunSpec(JSON.stringify(told))).toEqual(told);
  });

  it.each([
    [{ recipe: { horizon: 7, presett: 'fast' } }, /run: recipe: There is no recipe option 'presett'.*'preset'/],
    [{ recipe: { horizon: 7, ensemble: 0 } }, /run: recipe: ensemble: expected an integer >= 1/],
    [{ recipe: {} }, /recipe\.horizon: expected an integer >= 1/],
    [{ recipe: 'fast' }, /run: recipe: expected an object/],
    [{ recipe: { horizon: 7, split: {} } }, /recipe\.split: expected validation and test in its place/],
    [{ recipe: { horizon: 7 }, plan: {} }, /no run option 'plan'/],
    [{ recipe: { horizon: 7 }, data: undefined }, /run: data: expected an object/],
  ])('refuses %j', (change, message) => {
    const whole = { ...runSpec(blend), ...(change as object) };
    expect(() => readRunSpec(JSON.parse(JSON.stringify(whole)))).toThrow(message);
  });
});

const spec = () => JSON.parse(JSON.stringify(runSpec(options)));
const changed = (path: string, value: unknown): unknown => {
  const whole = spec();
  const names = path.split('.');
  const last = names.pop()!;
  names.reduce((part, name) => part[name], whole)[last] = value;
  return whole;
};

it.each([
  ['format', 'nt-forecaster', /format: expected 'nt-run', got "nt-forecaster"/],
  ['version', 1, /version: expected 2 .*another version/],
  ['plans', {}, /no run option 'plans'; did you mean 'plan'/],
  ['plan', 'fast', /run: plan: expected an object, got "fast"/],
  ['data.source', '', /data\.source: expected a path/],
  ['data.sauce', 'x', /data: There is no data option 'sauce'; did you mean 'source'/],
  ['data.reading.gap', 'zero', /data: reading: unknown option 'gap'.*'gaps'/],
  ['data.reading.gaps', 'fill', /data: reading: gaps must be one of/],
  ['forecaster.modelType', undefined, /forecaster\.modelType: expected the type of a model/],
  ['forecaster.horizont', 3, /forecaster: There is no forecaster option 'horizont'; did you mean 'horizon'/],
  ['forecaster.horizon', 0, /forecaster: horizon: expected an integer >= 1, got 0/],
  ['plan.optimiser', 'adam', /plan: There is no plan option 'optimiser'; did you mean 'optimizer'/],
  ['plan.batchSize', 1.5, /plan: batchSize: expected an integer >= 1, got 1\.5/],
  ['plan.loss', 'mea', /plan: loss: expected one of .*did you mean 'mae'/],
  ['plan.split', {}, /plan\.split: expected validation and test in its place/],
])('refuses %s: %j, with path and nearest name', (path, value, message) => {
  expect(() => readRunSpec(changed(path, value))).toThrow(message);
});

it('names the path of the option in its details', () => {
  expect(() => readRunSpec(changed('plan.batchSize', -1))).toThrow(
    expect.objectContaining({
      code: 'forecast/option',
      details: expect.objectContaining({ option: 'plan.batchSize' }),
    }),
  );
  expect(() => readRunSpec('{')).toThrow(/expected JSON/);
});
