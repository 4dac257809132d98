import { createHash } from 'node:crypto';
import { createCpuBackend } from '@nt/backend-cpu';
import { readCsv } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fitBlend, forecastParts, type ModelFiles, type SeriesParts, toModelFiles } from '../src/index.ts';
import type { BlendPlanReport, WorkerBacktestEvent, WorkerTrainEvent } from '../src/worker/index.ts';
import { tolerances } from './tolerances.ts';
import { openChannel, type Places, smallRun, weekCsv } from './worker-channel.ts';

const recipe = { horizon: 7, preset: 'fast', maxUpdates: 30, validation: 0.2, test: 0.2 } as const;
const request = { recipe, checkpointEvery: 5, keep: 'blend' };
const csv = (): Blob => new Blob([weekCsv()]);

/** Of all weights. */
function digest(files: ModelFiles): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(files).sort()) if (name.endsWith('.safetensors')) hash.update(files[name]!);
  return hash.digest('hex');
}

describe('a blend in a worker', () => {
  let backend: Backend<Tensor>;
  let places: Places;
  let client: ReturnType<typeof openChannel>;
  let expected: { readonly files: ModelFiles; readonly values: readonly number[] };
  beforeAll(async () => {
    backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
    const set = await readCsv(csv(), { name: 'sales.csv' });
    const { predictor } = await fitBlend(backend, set, recipe);
    const { series } = await predictor.predict(set, { levels: [80] });
    expected = {
      files: await toModelFiles(predictor),
      values: [...series[0]!.values, ...series[0]!.intervals[0]!.upper],
    };
    predictor.dispose();
  });
  afterAll(() => backend.dispose());
  beforeEach(async () => {
    places = new Map();
    client = openChannel(backend, places);
    await client.preview({ file: csv(), name: 'sales.csv' });
  });
  afterEach(() => client.close());
  const forecast = async (): Promise<readonly number[]> => {
    const { series } = await client.forecast({ levels: [80] });
    return [...series[0]!.values, ...series[0]!.intervals[0]!.upper];
  };

  it('plans and trains what fitBlend does, and tells of its members', async () => {
    const plan = (await client.plan(request)) as BlendPlanReport;
    expect(plan).toMatchObject({ networks: 2, config: { preset: 'fast', maxUpdates: 30 } });
    const events: WorkerTrainEvent[] = [];
    const { reason, result, model } = await client.train(request, (event) => events.push(event));
    expect({ reason, result }).toEqual({ reason: 'completed', result: null });
    expect(events.filter(({ type }) => type === 'member-end').length).toBe(5);
    expect(events.some((event) => event.type === 'training' && event.event.type === 'update-end')).toBe(true);
    expect(model.recipe!.members.map(({ kind }) => kind)).toContain('network');
    expect(digest(await client.save())).toBe(digest(expected.files));
    expect(await forecast()).toEqual(expected.values);
    for (const place of places.values()) expect(await place.list()).toEqual([]);
  });

  it('loads what the command saved, with its intervals, and reads a file as its data were read', async () => {
    const model = await client.load(expected.files);
    expect(model).toMatchObject({ horizon: 7, network: null, trainedOn: { target: 'sales' } });
    expect(await forecast()).toEqual(expected.values);
    // A newer file with a column more, whose target must be told; the model remembers it.
    const wider = weekCsv(420, (line) => `${line},1`).replace('date,sales', 'date,sales,visitors');
    const file = { file: new Blob([wider]), name: 'newer.csv' };
    await expect(client.preview(file)).rejects.toMatchObject({ code: 'data/missing-column' });
    expect((await client.preview({ ...file, asModel: true })).target).toBe('sales');
    expect((await client.forecast({})).series[0]!.values).toHaveLength(7);
  });

  it('pauses within a network, and another worker ends it with the bits of one go', async () => {
    let paused = 0;
    await new Promise<void>((resolve) => {
      void client.train(request, (event) => {
        if (event.type === 'training' && event.event.type === 'checkpoint-saved' && event.event.update === 10)
          void client.pause();
        if (event.type === 'paused') {
          paused = event.update;
          resolve();
        }
      });
    });
    client.close();
    expect(paused).toBeGreaterThanOrEqual(10);
    client = openChannel(backend, places);
    const kept = await client.keptRun('blend');
    expect(kept).toMatchObject({ name: 'sales.csv', request: { recipe } });
    expect(kept!.update).toBeGreaterThanOrEqual(10);
    await client.openKept('blend');
    const { reason } = await client.train({ ...kept!.request, resume: true });
    expect(reason).toBe('completed');
    expect(digest(await client.save())).toBe(digest(expected.files));
    expect(await forecast()).toEqual(expected.values);
  });

  it.each([
    ['before any network has ended', 'member-start'],
    ['at once', 'planned'],
  ])('stopped %s it is made of what was finished', async (_, when) => {
    const { reason, model } = await client.train(request, (event) => {
      if (event.type === when) void client.stop();
    });
    expect(reason).toBe('aborted');
    expect(model.recipe!.leftOut.length).toBeGreaterThan(0);
    expect(await forecast()).toHaveLength(14);
  });

  it.each([
    ['a blend', { recipe: { ...recipe, maxUpdates: 100 } }],
    ['a network', smallRun],
  ])('says what the forecast of %s is the sum of', async (_, what) => {
    // What no ridge can tell.
    let state = 0.3;
    const chaos = weekCsv(400, (line) => {
      state = 3.8 * state * (1 - state);
      return `${line.split(',')[0]},${100 * state}`;
    });
    await client.preview({ file: new Blob([chaos]), name: 'chaos.csv' });
    await client.train(what);
    const [{ parts }] = (await client.decompose()) as readonly [SeriesParts];
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['level', 'stack 1', 'stack 2', 'stack 3']));
    const { series } = await client.forecast({});
    for (const [step, value] of series[0]!.values.entries()) {
      const sum = parts.reduce((all, { values }) => all + values[step]!, 0);
      expect(Math.abs(sum - value) / 100).toBeLessThan(tolerances.blendParts);
    }
  });

  it.each([
    ['a blend', { recipe }, 'blend'],
    ['a network', smallRun, 'nhits, conformal'],
  ])('walks %s through time, fold by fold, with intervals', async (_, train, method) => {
    const events: WorkerBacktestEvent[] = [];
    const walk = { folds: 2, testSize: 40, validation: 40, levels: [80] };
    const found = await client.backtest({ train, ...walk }, (event) => events.push(event));
    expect(found.folds.map(({ fold }) => fold)).toEqual([0, 1]);
    expect(found.evaluation.rows[0]!.method).toBe(method);
    expect(found.evaluation.rows[0]!.intervals[0]!.coverage).toBeGreaterThan(0.5);
    expect(events.filter(({ type }) => type === 'fold-end')).toHaveLength(2);
    expect(events.some(({ type }) => type === 'training')).toBe(true);
  });

  it('stops a backtest', async () => {
    const walk = { folds: 2, testSize: 40, validation: 40 };
    const stopped = client.backtest({ train: smallRun, ...walk }, (event) => {
      if (event.type === 'training') void client.stop();
    });
    await expect(stopped).rejects.toMatchObject({ code: 'forecast/stopped' });
    await client.plan(request); // and is free again
  });

  it('gives data, model and backtest to methods of its own', async () => {
    client.close();
    client = openChannel(backend, places, {
      what: async ({ set, predictor, backtest }, suffix: string) =>
        `${set?.target ?? null} ${predictor?.method ?? null} ${backtest?.folds.length ?? null}${suffix}`,
    });
    expect(await client.call('what', '?')).toBe('null null null?');
    await client.preview({ file: csv(), name: 'sales.csv' });
    await client.backtest({ train: smallRun, folds: 1, testSize: 40, validation: 40 });
    const { method } = await client.load(expected.files);
    expect(await client.call('what', '!')).toBe(`sales ${method} 1!`);
    await expect(client.call('whatever')).rejects.toThrow("no method 'whatever'");
  });
});

it('a predictor that cannot say what its forecasts are the sum of says so', async () => {
  const predictor = { method: 'own', horizon: 1, quantiles: [] } as unknown as Parameters<typeof forecastParts>[0];
  expect(await forecastParts(predictor, await readCsv(csv(), { name: 'sales.csv' }))).toBeNull();
});
