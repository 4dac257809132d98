import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Batch, batches, forecastWindows, jitter, mixup, seriesFromArrays, windows } from '../src/index.ts';
import { prefetchBatches, shareSeries } from '../src/prefetch/index.ts';
import { PrefetchedBatches } from '../src/prefetch/prefetch-batches.ts';
// @ts-expect-error the tool is plain JavaScript
import { workerModule } from '../tools/build-worker.mjs';
import { errorOf, ramp } from './support/bytes.ts';
import { all, set } from './support/three-series.ts';

/** Series with empty cells and covariates of every kind. */
const rich = seriesFromArrays(
  [30, 17, 9].map((length, index) => ({
    id: `s${index}`,
    values: Float64Array.from(ramp(length, 10 * index), (value) => (value % 5 === 3 ? Number.NaN : value)),
    historic: { h: ramp(length, 1000) },
    future: { f: ramp(length + 4, 2000), g: ramp(length + 4, 3000) },
    static: { size: index },
  })),
  { missing: 'mask' },
);
const richWindows = windows(rich, { inputSize: 4, horizon: 3, padInput: true, weights: [1, 2, 3] });

const partialWindows = windows(rich, {
  inputSize: 4,
  horizon: 3,
  partialTargets: true,
  ranges: { starts: Float64Array.of(0, 0, 0), ends: Float64Array.of(20, 11, 8) },
});

const copy = (batch: Batch) =>
  structuredClone(
    Object.entries(batch).map(([key, value]) => [
      key,
      ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value,
    ]),
  );
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const source of opened.splice(0)) await source.close();
  vi.unstubAllGlobals();
});

function open(...[of, options]: Parameters<typeof prefetchBatches>): ReturnType<typeof prefetchBatches> {
  const source = prefetchBatches(of, options);
  opened.push(source);
  return source;
}

async function epochOf(source: AsyncIterable<Batch>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const batch of source) found.push(copy(batch));
  return found;
}

describe('prefetchBatches', () => {
  it.each([
    ['in order, the last one short', all, { batchSize: 20 }],
    ['shuffled', all, { batchSize: 7, shuffle: true, seed: 3, ahead: 4 }],
    ['sampled', all, { batchSize: 7, seed: 3, sampling: { windowsPerEpoch: 30, replacement: true } }],
    ['with gaps, covariates and weights', richWindows, { batchSize: 5, shuffle: true, seed: 1, ahead: 1 }],
    [
      'augmented',
      all,
      { batchSize: 9, shuffle: true, seed: 1, augment: [jitter({ sigma: 0.1 }), mixup({ strength: 0.4 })] },
    ],
    ['with targets that end with their range', partialWindows, { batchSize: 5, shuffle: true, seed: 1 }],
    ['before a forecast', forecastWindows(rich, { inputSize: 12, horizon: 4 }), { batchSize: 2 }],
    ['in one batch of fewer windows than its size', all, { batchSize: 1000, dropLast: false }],
  ])('gives the batches of batches(): %s', async (_, of, options) => {
    const { ahead: _ahead, ...plain } = options as { ahead?: number; batchSize: number };
    const expected = batches(of, plain);
    const source = open(of, options);
    for (let epoch = 0; epoch < 3; epoch++) {
      expect(await epochOf(source)).toEqual([...expected].map(copy));
      expect([source.epoch, source.position, source.state()]).toEqual([
        expected.epoch,
        expected.position,
        expected.state(),
      ]);
    }
  });

  it('goes on where another source stood, after a break, a reset, a jump and a close', async () => {
    const options = { batchSize: 5, shuffle: true, seed: 9 };
    const whole = [...batches(all, options)].map(copy);
    const plain = batches(all, options);
    for (const _ of plain) if (plain.position === 6) break;
    const source = open(all, options);
    source.restore(plain.state());
    for await (const batch of source) {
      expect(copy(batch)).toEqual(whole[source.position - 1]);
      if (source.position === 8) break;
    }
    for await (const batch of source) {
      expect(copy(batch)).toEqual(whole[source.position - 1]);
      if (source.position === 9) source.restore(plain.state());
      if (source.position === 7) break;
    }
    await source.close();
    for await (const batch of source) {
      expect(copy(batch)).toEqual(whole[7]);
      break;
    }
    source.reset();
    expect(await epochOf(source)).toEqual(whole);
  });

  it('a batch stays as it is until the next is asked for', async () => {
    const source = open(all, { batchSize: 4, ahead: 1 });
    for await (const batch of source) {
      const before = copy(batch);
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(copy(batch)).toEqual(before);
    }
  });

  it('takes numbers in shared memory as they are', async () => {
    const shared = shareSeries(rich);
    expect(shareSeries(shared).values).toBe(shared.values);
    const of = windows(shared, { inputSize: 4, horizon: 3 });
    const source = open(of, { batchSize: 6 });
    const [before] = (await epochOf(source)) as [[string, number[]][]];
    shared.values.fill(42);
    const [after] = (await epochOf(source)) as [[string, number[]][]];
    const input = (batch: [string, number[]][]) => new Map(batch).get('input')!;
    expect(input(before)).not.toEqual(input(after));
    expect(new Set(input(after))).toEqual(new Set([0, 42]));
  });

  it.each([
    ['throws', 'throw new Error("no memory left")', /the worker has ended \(no memory left\)/],
    ['leaves', 'process.exit(3)', /the worker has ended \(exit code 3\)/],
    ['throws later', 'setTimeout(() => { throw new Error("late") }, 50)', /late/],
  ])('a worker that %s is an error, not a hang', async (_, program, message) => {
    const source = new PrefetchedBatches(all, { batchSize: 5 }, 2, program);
    const error = await errorOf(() => epochOf(source));
    expect([error.code, error.message]).toEqual(['data/worker-failed', expect.stringMatching(message)]);
    expect((await errorOf(() => epochOf(source))).code).toBe('data/worker-failed');
    await source.close();
    expect(source.position).toBe(0);
  });

  it('closing ends a wait', async () => {
    const source = new PrefetchedBatches(all, { batchSize: 5 }, 2, 'setTimeout(() => {}, 60_000)');
    const waiting = errorOf(() => epochOf(source));
    await new Promise((resolve) => setTimeout(resolve, 30));
    await source.close();
    expect((await waiting).message).toMatch(/closed while a batch was awaited/);
  });

  it('says what is missing where there is no shared memory or no worker, and which options it has', async () => {
    expect((await errorOf(() => prefetchBatches(all, { batchSize: 5, buffers: 2 } as never))).message).toMatch(
      /unknown option 'buffers'/,
    );
    expect((await errorOf(() => prefetchBatches(all, { batchSize: 5, ahead: 0 }))).message).toMatch(/ahead must be/);
    vi.stubGlobal('SharedArrayBuffer', undefined);
    const error = await errorOf(() => prefetchBatches(windows(set, { inputSize: 4, horizon: 2 }), { batchSize: 5 }));
    expect([error.code, error.message]).toEqual([
      'data/no-worker',
      expect.stringMatching(/no shared memory.*Use batches/),
    ]);
  });

  it('keeps no process alive, closed or not', () => {
    const program = `
      import { seriesFromArrays, windows } from './src/index.ts';
      import { prefetchBatches } from './src/prefetch/index.ts';
      const of = windows(seriesFromArrays([{ id: 'a', values: Array.from({ length: 99 }, (_, k) => k) }]), { inputSize: 4, horizon: 2 });
      let sum = 0;
      for await (const batch of prefetchBatches(of, { batchSize: 10 })) sum += batch.size;
      for await (const batch of prefetchBatches(of, { batchSize: 10 })) break;
      process.stdout.write(String(sum));`;
    const output = execFileSync(
      process.execPath,
      ['--import', 'tsx', '--conditions=@nt/source', '--input-type=module', '-e', program],
      {
        cwd: join(import.meta.dirname, '..'),
        timeout: 20_000,
      },
    );
    expect(output.toString()).toBe('94');
  });

  it('the program of the worker is that of the sources: pnpm -F @nt/data build:worker', async () => {
    const path = join(import.meta.dirname, '../src/prefetch/batch-worker-source.generated.ts');
    expect(readFileSync(path, 'utf8')).toBe(await workerModule());
  });
});
