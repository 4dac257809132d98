import { createHash } from 'node:crypto';
import { createCpuBackend } from '@nt/backend-cpu';
import { DataError } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ForecastError, type ModelFiles } from '../src/index.ts';
import type { ForecasterClient, NetworkPlanReport, WorkerTrainEvent } from '../src/worker/index.ts';
import { openChannel, type Places, smallRun, weekCsv } from './worker-channel.ts';

const file = (text: string): Blob => new Blob([text]);
/** Of the weights of the network within the intervals. */
const digest = (files: ModelFiles): string =>
  createHash('sha256').update(files['members/0/model.safetensors']!).digest('hex');

describe('a forecaster in a worker', () => {
  let backend: Backend<Tensor>;
  let places: Places;
  let client: ReturnType<typeof openChannel>;
  beforeAll(async () => {
    backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  });
  afterAll(() => backend.dispose());
  beforeEach(() => {
    places = new Map();
    client = openChannel(backend, places);
  });
  afterEach(() => client.close());

  const open = (to: ForecasterClient = client) => to.preview({ file: file(weekCsv()), name: 'sales.csv' });

  it('reads a file and says what it was read as', async () => {
    const { series, target, seasonLength, report, lines } = await open();
    expect({ series, target, seasonLength }).toEqual({ series: ['sales'], target: 'sales', seasonLength: 7 });
    expect(report.rowsRead).toBe(400);
    expect(lines[0]).toBe('sales.csv: 400 rows read, 0 rejected (csv)');
    const part = await client.series({ series: 0, last: 3 });
    expect(part.labels).toEqual(['2024-02-02', '2024-02-03', '2024-02-04']);
    expect(part.values).toHaveLength(3);
  });

  it.each([
    ['json', JSON.stringify([1, 2, 3, 4].map((day) => ({ date: `2024-01-0${day}`, y: day }))), 'json'],
    ['tsv', 'date\ty\n2024-01-01\t1\n2024-01-02\t2\n2024-01-03\t3\n', 'csv'],
  ])('reads .%s by its name', async (extension, text, format) => {
    const { report } = await client.preview({ file: file(text), name: `data.${extension}` });
    expect(report.format).toBe(format);
  });

  it('throws the errors of the packages, with code, details and remedies', async () => {
    const bad = weekCsv(40, (line, step) => (step === 20 ? line.replace(/,.*/, ',oops') : line));
    const error = await client.preview({ file: file(bad), name: 'sales.csv' }).catch((thrown: unknown) => thrown);
    expect(DataError.isInstance(error)).toBe(true);
    const { code, details, remedies } = error as DataError;
    expect(code).toBe('data/bad-number');
    expect(details).toMatchObject({ line: 22, column: 'sales', value: 'oops' });
    expect(remedies.map(({ option }) => option)).toContain('badRows');
    expect(await client.lines({ file: file(bad), first: 21, last: 22 })).toEqual([
      expect.stringMatching(/^2023-01-20,/),
      '2023-01-21,oops',
    ]);
    const { report } = await client.preview({
      file: file(bad),
      name: 'sales.csv',
      options: { badRows: 'reject', gaps: 'linear' },
    });
    expect(report.rowsRejected).toBe(1);
    // The file in hand can be read again in another way.
    const again = await client.preview({ options: { badRows: 'reject', gaps: 'forward' } });
    expect(await client.lines({ first: 22, last: 22 })).toEqual(['2023-01-21,oops']);
    expect(again).toMatchObject({ name: 'sales.csv', report: { rowsRejected: 1 } });
    await expect(client.preview({ file: file(''), name: 'sales.docx' })).rejects.toMatchObject({
      code: 'data/unknown-format',
    });
  });

  it('says what is missing instead of failing somewhere', async () => {
    await expect(client.preview({})).rejects.toMatchObject({ code: 'forecast/nothing-open' });
    await expect(client.train(smallRun)).rejects.toMatchObject({ code: 'forecast/nothing-open' });
    await open();
    await expect(client.forecast({})).rejects.toMatchObject({ code: 'forecast/nothing-open' });
    const wrong = { ...smallRun, plan: { ...smallRun.plan, optimiser: 'adam' } };
    const error = await client.train(wrong as never).catch((thrown: unknown) => thrown);
    expect(ForecastError.isInstance(error)).toBe(true);
    expect((error as ForecastError).message).toMatch(/did you mean 'optimizer'/);
  });

  it('plans, trains with events, evaluates with intervals, forecasts, saves and loads', async () => {
    await open();
    const plan = (await client.plan(smallRun)) as NetworkPlanReport;
    const events: WorkerTrainEvent[] = [];
    const { result, model } = await client.train(smallRun, (event) => events.push(event));
    expect(result).toMatchObject({ reason: 'completed', updates: plan.maxUpdates });
    expect(events[0]).toMatchObject({
      type: 'planned',
      plan: { trainWindows: plan.trainWindows },
      engine: { reason: 'the only one' },
    });
    expect(events.filter(({ type }) => type === 'validation-end').length).toBeGreaterThan(2);
    expect(model.network!.modelType).toBe('nhits');
    const { rows, skill } = await client.evaluate({ levels: [80] });
    expect(rows[0]!.intervals[0]!.coverage).toBeGreaterThan(0.5);
    expect(skill!.verdict).toBe('better');
    const { series } = await client.forecast({ levels: [50, 80] });
    expect(series[0]!.labels[0]).toBe('2024-02-05');
    expect(series[0]!.intervals.map(({ level }) => level)).toEqual([50, 80]);
    const files = await client.save();
    const other = openChannel(backend);
    await open(other);
    await other.load(files);
    expect((await other.forecast({ levels: [50, 80] })).series).toEqual(series);
    other.close();
  });

  it('pauses with nothing computing, resumes, and ends with the bits of a run without a pause', async () => {
    await open();
    // Long enough that a pause reaches the worker before the end, however quick its updates are.
    const long = { ...smallRun, plan: { ...smallRun.plan, maxEpochs: 150, patience: 0 } };
    await client.train(long);
    const expected = digest(await client.save());
    let paused = 0;
    let halted: Promise<void> | undefined;
    const { result } = await client.train(long, async (event) => {
      if (event.type === 'validation-end' && event.update === 20) halted = client.pause();
      if (event.type !== 'paused') return;
      paused = event.update;
      await halted;
      await expect(client.evaluate({})).rejects.toMatchObject({ code: 'forecast/busy' });
      await client.resume();
    });
    expect(paused).toBeGreaterThanOrEqual(20);
    expect(paused).toBeLessThan(result!.updates);
    expect(digest(await client.save())).toBe(expected);
  });

  it.each([
    ['while it runs', false],
    ['while it is paused', true],
  ])('stops %s and keeps the last weights', async (_, afterPause) => {
    await open();
    const { result } = await client.train(
      { ...smallRun, plan: { ...smallRun.plan, maxEpochs: 1000 } },
      async (event) => {
        if (event.type === 'validation-end' && event.update === 20) await (afterPause ? client.pause() : client.stop());
        if (event.type === 'paused') await client.stop();
      },
    );
    expect(result!.reason).toBe('aborted');
    expect((await client.forecast({})).series).toHaveLength(1);
  });

  it('keeps a run that is cut off, and another worker ends it with the same bits', async () => {
    // Long enough that a pause arrives in it, however quick an update is.
    const long = { ...smallRun, plan: { ...smallRun.plan, maxEpochs: 40 } };
    await open();
    await client.train(long);
    const expected = digest(await client.save());
    expect(await client.keptRun('run')).toBeNull();

    // A worker that goes away while it trains leaves its checkpoints.
    const left: Places = new Map();
    const lost = openChannel(backend, left);
    await open(lost);
    const request = { ...long, keep: 'run', checkpointEvery: 5 };
    const paused = new Promise<void>((resolve) => {
      void lost.train(request, (event) => {
        if (event.type === 'checkpoint-saved' && event.update === 15) void lost.pause();
        if (event.type === 'paused') resolve();
      });
    });
    await paused;
    lost.close();

    const next = openChannel(backend, left);
    const kept = await next.keptRun('run');
    expect(kept).toMatchObject({ name: 'sales.csv', request: { keep: 'run' } });
    expect(kept!.update).toBeGreaterThanOrEqual(15);
    const { series } = await next.openKept('run');
    expect(series).toEqual(['sales']);
    let resumedFrom: string | null = null;
    await next.train({ ...kept!.request, resume: true }, (event) => {
      if (event.type === 'run-start') resumedFrom = event.resumedFrom;
    });
    expect(resumedFrom).not.toBeNull();
    expect(digest(await next.save())).toBe(expected);
    expect(await next.keptRun('run')).toBeNull();
    for (const place of left.values()) expect(await place.list()).toEqual([]);
    next.close();
  });
});
