import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openSession, plainFolder, type Session, tinyArguments } from './mcp-session.ts';
import { digest, writeBirths } from './run-nt.ts';

const folder = plainFolder();
const at = (name: string): string => join(folder, name);
let session: Session;

beforeAll(async () => {
  writeBirths(folder, 60);
  session = await openSession(folder, { versionNegotiation: { mode: 'auto' } });
});
afterAll(() => session.client.close());

const names = [
  ...['profile', 'train', 'forecast', 'evaluate', 'backtest', 'leakcheck', 'info', 'export', 'resume'],
  ...['script', 'failures'],
];

describe('a whole session of the official client', () => {
  it('speaks the protocol of 2026-07-28 and lists its tools', async () => {
    expect(session.client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    const { tools } = await session.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(names);
    for (const { description, inputSchema, outputSchema } of tools) {
      expect(description!.length).toBeGreaterThan(40);
      expect([inputSchema.type, outputSchema!['type']]).toEqual(['object', 'object']);
    }
    // Models read all of it before the first word; 20,000 tokens are some 80,000 letters.
    expect(JSON.stringify(tools.map(({ outputSchema: _, ...tool }) => tool)).length).toBeLessThan(60_000);
  });

  it('profiles a file and proposes the training', async () => {
    const { told } = await session.call('profile', { path: 'births.csv' });
    expect(told.result.report).toMatchObject({ rowsRead: 60, frequency: 'day', columns: { targets: ['births'] } });
    expect(told.next).toEqual({
      tool: 'train',
      arguments: { data: at('births.csv'), target: 'births', output: 'model' },
    });
  });

  it('trains in the allowed folder and tells how far it is', async () => {
    const heard: { readonly progress: number; readonly total?: number | undefined }[] = [];
    const given = { ...tinyArguments, epochs: 200, patience: 0, output: 'model' };
    const { told } = await session.call('train', given, { onprogress: (progress) => heard.push(progress) });
    expect(told.result).toMatchObject({ model: at('model'), evaluation: { skill: { against: 'seasonal naive' } } });
    expect(told.files).toEqual({ output: at('model') });
    expect(heard.length).toBeGreaterThan(1);
    expect(heard[0]).toMatchObject({ total: 1000, message: expect.stringMatching(/^update \d+\/1000/) });
    const numbers = heard.map(({ progress }) => progress);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(told.next).toEqual({
      tool: 'forecast',
      arguments: { model: at('model'), data: at('births.csv'), output: 'forecast.csv' },
    });
  });

  it('forecasts into a file; its script makes the same bits', async () => {
    const { told } = await session.call('forecast', { model: 'model', output: 'f.csv' });
    expect(told.result.summary).toHaveLength(1);
    expect(told.result).toMatchObject({ horizon: 2, series: 1 });
    // Summaries, never rows: no value of the file stands in the answer.
    const values = readFileSync(at('f.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').at(-1)!);
    expect(values).toHaveLength(2);
    const { told: script } = await session.call('script', { answer: told.answer });
    expect(script).toMatchObject({ tool: 'forecast', command: told.command });
    expect(script.typescript).toContain(`loadModelFolder(backend, ${JSON.stringify(at('model'))})`);
    const first = digest(at('f.csv'));
    writeFileSync(at('f.csv'), '');
    await typed(script.command);
    expect(digest(at('f.csv'))).toBe(first);
  });

  it('the script of a training makes the same model', async () => {
    const { told } = await session.call('train', { ...tinyArguments, output: 'again' });
    const { told: script } = await session.call('script', { answer: told.answer });
    expect(script.typescript).toContain("new Forecaster(modelFactories['nhits']".replaceAll("'", '"'));
    const first = digest(at('again/model.safetensors'));
    await typed(`${script.command} --overwrite`);
    expect(digest(at('again/model.safetensors'))).toBe(first);
  });

  it('evaluates, backtests, looks for leaks, informs, exports', async () => {
    const evaluated = await session.call('evaluate', { model: 'model', metrics: ['r2'] });
    expect(evaluated.told.result.rows[0].metrics).toHaveProperty('r2');
    const walked = await session.call('backtest', { ...tinyArguments, folds: 2, testSize: 4, jobs: 2, output: 'walk' });
    expect(walked.told.result.folds).toHaveLength(2);
    expect(readdirSync(at('walk'))).toEqual(expect.arrayContaining(['report.json', 'forecasts.csv']));
    const checked = await session.call('leakcheck', { ...tinyArguments, futures: ['cut'] });
    expect(checked.told.result).toMatchObject({ method: 'nhits', passed: true });
    const informed = await session.call('info', { path: 'model' });
    expect(informed.told.result).toMatchObject({ kind: 'model', horizon: 2 });
    expect((await session.call('info', { path: 'walk' })).told.result).toMatchObject({
      kind: 'backtest',
      isDone: true,
    });
    const exported = await session.call('export', { model: 'model', output: 'model.onnx' });
    expect(exported.told.result).toMatchObject({ format: 'onnx', file: at('model.onnx') });
    expect(existsSync(at('model.onnx'))).toBe(true);
  });

  it('tells of a leak as a result', async () => {
    const rows = readFileSync(at('births.csv'), 'utf8').trim().split('\n').slice(1);
    const births = rows.map((row) => row.split(',').at(-1)!);
    // Tomorrow's births as a covariate of today.
    const leaky = rows.map((row, day) => `${row.split(',')[0]},${births[day]},${births[day + 1] ?? births[day]}`);
    writeFileSync(at('leaky.csv'), `date,births,hint\n${leaky.join('\n')}\n`);
    const { isError, told } = await session.call('leakcheck', {
      ...{ ...tinyArguments, data: 'leaky.csv', historic: ['hint'], futures: ['shuffled'] },
    });
    expect([isError, told.result.passed]).toEqual([false, false]);
  });

  it('a bad file gives the message of the command, with ways out by arguments', async () => {
    writeFileSync(at('gap.csv'), 'date,births\n2024-01-01,1\n2024-01-02,\n2024-01-03,3\n2024-01-04,4\n');
    const { isError, text, told } = await session.call('train', { data: 'gap.csv', target: 'births', output: 'bad' });
    expect(isError).toBe(true);
    expect(told.error).toMatchObject({
      code: 'data/missing-value',
      details: { column: 'births', remedies: [{ argument: 'missing', values: expect.arrayContaining(['forward']) }] },
    });
    expect(text).toMatch(/missing: "/);
    expect(text).not.toMatch(/--/);
    expect(existsSync(at('bad'))).toBe(false);
    const { told: mended } = await session.call('train', {
      ...{ ...tinyArguments, data: 'births.csv', missing: 'forward', output: 'mended' },
    });
    expect(mended.result.model).toBe(at('mended'));
  });

  it('answers two calls at once, and whatever else is asked', async () => {
    const long = { ...tinyArguments, epochs: 100_000, patience: 0 };
    const cancel = new AbortController();
    let began = (): void => {};
    const running = new Promise<void>((resolve) => {
      began = resolve;
    });
    const first = session
      .call('train', { ...long, output: 'long' }, { signal: cancel.signal, onprogress: () => began() })
      .catch((error: Error) => error);
    await running;
    const [forecast, other] = await Promise.all([
      session.call('forecast', { model: 'model', output: 'g.csv' }),
      session.call('train', { ...tinyArguments, output: 'beside' }),
    ]);
    expect([forecast.isError, other.isError]).toEqual([false, false]);
    expect((await session.client.listTools()).tools).toHaveLength(names.length);
    // What is being written is nobody else's.
    const busy = await session.call('info', { path: 'long' });
    expect(busy.told.error).toMatchObject({ code: 'mcp/busy' });

    // Cancelled: the training ends, its checkpoint is kept, and it can be gone on with.
    cancel.abort('enough');
    expect(await first).toBeInstanceOf(Error);
    await expect
      .poll(async () => (await session.call('failures')).told.failures.at(-1), { timeout: 30_000 })
      .toMatchObject({
        tool: 'train',
        state: 'cancelled',
        resume: { tool: 'resume', arguments: { folder: at('long') } },
      });
    expect(readdirSync(at('long')).sort()).toEqual(['checkpoints', 'run.json']);
    const { told } = await session.call('info', { path: 'long' });
    expect(told.result.kind).toBe('run');
    expect(told.next).toEqual({ tool: 'resume', arguments: { folder: at('long') } });
  });

  it('goes on with what was cancelled, to the same bits', async () => {
    const given = { ...tinyArguments, epochs: 200, patience: 0, checkpointEvery: 100 };
    const cancel = new AbortController();
    const cut = session.call(
      'train',
      { ...given, output: 'cut' },
      { signal: cancel.signal, onprogress: () => cancel.abort() },
    );
    await expect(cut).rejects.toThrow();
    const failures = async () => (await session.call('failures')).told.failures;
    await expect
      .poll(failures, { timeout: 30_000 })
      .toContainEqual(
        expect.objectContaining({ state: 'cancelled', resume: { tool: 'resume', arguments: { folder: at('cut') } } }),
      );
    expect(existsSync(at('cut/model.safetensors'))).toBe(false);
    const resumed = await session.call('resume', { folder: 'cut' });
    expect(resumed.told.result.result.updates).toBe(1000);
    await session.call('train', { ...given, output: 'whole' });
    expect(digest(at('cut/model.safetensors'))).toBe(digest(at('whole/model.safetensors')));
  });

  it('knows no other tool, and names the nearest', async () => {
    await expect(session.call('forcast', {})).rejects.toThrow(/There is no tool 'forcast'. Did you mean 'forecast'/);
  });
});

/** Runs what a person would type. */
const typed = (command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const words = command.replace(/^nt /, `"${process.execPath}" "${inject('nt')}" `);
    const options = { cwd: folder, env: { ...process.env, NT_THREADS: '1' } };
    execFile('/bin/sh', ['-c', words], options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
