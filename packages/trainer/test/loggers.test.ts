import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  csvLogger,
  fit,
  jsonLinesLogger,
  type Logger,
  memoryLogger,
  readCheckpoint,
  type TrainEvent,
  train,
} from '../src/index.ts';
import { fileSink } from '../src/node/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { toyRun } from './toy/toy-run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nt-loggers-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function written(logger: (sink: ReturnType<typeof fileSink>) => Logger): Promise<string> {
  const path = join(folder, 'deep', 'log.txt');
  const log = logger(fileSink(path));
  await log.log({ trainLoss: 0.5, learningRate: 0.1 }, { update: 2, epoch: 0 });
  await log.log({ 'odd, "name"': Number.NaN }, { update: 4, epoch: 1 });
  await log.close?.();
  return readFile(path, 'utf8');
}

describe('loggers', () => {
  it('csvLogger writes one number in a row', async () => {
    expect(await written(csvLogger)).toBe(
      'update,epoch,metric,value\n2,0,trainLoss,0.5\n2,0,learningRate,0.1\n4,1,"odd, ""name""",NaN\n',
    );
  });

  it('jsonLinesLogger writes one object in a line, also for numbers that JSON has not', async () => {
    expect(await written(jsonLinesLogger)).toBe(
      '{"update":2,"epoch":0,"trainLoss":0.5,"learningRate":0.1}\n{"update":4,"epoch":1,"odd, \\"name\\"":"NaN"}\n',
    );
  });

  it.each([
    ['csvLogger', csvLogger],
    ['jsonLinesLogger', jsonLinesLogger],
  ] as const)('%s of a killed and resumed run is that of an uninterrupted one', async (_, logger) => {
    const run = (path: string, storage = memoryStorage()) =>
      toyRun({
        maxEpochs: 3,
        logEvery: 1,
        checkpoint: { storage, everyUpdates: 4 },
        resumeFrom: 'last',
        resumeIfPresent: true,
        loggers: [logger(fileSink(path, { append: true }))],
      }).options;
    const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')];
    await fit(run(whole));
    const storage = memoryStorage();
    for (const killAt of [2, 7, 11]) {
      for await (const event of train(run(parts, storage)))
        if (event.type === 'update-end' && event.update === killAt) break;
      // A kill in the middle of a line.
      await writeFile(parts, '{"upda', { flag: 'a' });
    }
    await fit(run(parts, storage));
    expect(await readFile(parts, 'utf8')).toBe(await readFile(whole, 'utf8'));
  });

  it('a sink without append replaces what an earlier run wrote', async () => {
    const path = join(folder, 'log');
    await writeFile(path, 'old\n');
    await fileSink(path).write('new\n');
    expect(await readFile(path, 'utf8')).toBe('new\n');
    await fileSink(path, { append: true }).write('more\n');
    expect(await readFile(path, 'utf8')).toBe('new\nmore\n');
  });

  it('are closed at the end, also after an error', async () => {
    let closed = 0;
    const close = (): void => {
      closed += 1;
    };
    const logger: Logger = { ...memoryLogger(), close };
    await fit(toyRun({ maxEpochs: 1, loggers: [logger] }).options);
    await expect(fit(toyRun({ maxEpochs: 1, monitor: 'typo', loggers: [logger] }).options)).rejects.toThrow();
    expect(closed).toBe(2);
  });

  it.each<[string, Logger, string]>([
    ['log', { log: () => Promise.reject(Object.assign(new Error('disk full'), { code: 'ENOSPC' })) }, 'log update 5'],
    [
      'log, at once',
      {
        log: () => {
          throw new TypeError('x');
        },
      },
      'log update 5',
    ],
    ['close', { log: () => {}, close: () => Promise.reject(new Error('disk full')) }, 'close its log'],
  ])('one that fails to %s costs its rows, not the run: told once, all else goes on', async (_, failing, action) => {
    const storage = memoryStorage();
    const other = memoryLogger();
    const { options, backend } = toyRun({ maxEpochs: 2, checkpoint: { storage } });
    const before = backend.memory().tensors;
    const events: TrainEvent[] = [];
    const result = await fit({
      ...options,
      loggers: [failing, other],
      onEvent: (event) => events.push(event),
    });
    expect(result).toMatchObject({ reason: 'completed', updates: 10 });
    expect(events.filter(({ type }) => type === 'notice')).toMatchObject([
      { code: 'logger-failed', message: expect.stringContaining(action), details: { logger: 0 } },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'run-end' });
    expect(other.rows).toHaveLength(result.history.length);
    expect((await readCheckpoint(storage, 'last')).manifest.update).toBe(10);
    expect(backend.memory().tensors).toBe(before);
  });

  it('one that cannot drop its old rows does not keep a run from being resumed', async () => {
    const checkpoint = { storage: memoryStorage() };
    await fit(toyRun({ maxEpochs: 1, checkpoint }).options);
    const failing: Logger = { log: () => {}, rewind: () => Promise.reject(new Error('read-only')) };
    const events: TrainEvent[] = [];
    const { options } = toyRun({ maxEpochs: 2, checkpoint, resumeFrom: 'last', loggers: [failing] });
    await fit({ ...options, onEvent: (event) => events.push(event) });
    expect(events[1]).toMatchObject({ code: 'logger-failed', message: expect.stringContaining('after update 5') });
  });
});
