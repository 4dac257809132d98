import type { CaptureSite } from '@nt/tensor';
import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import { expect } from 'vitest';
import { memoryLogger } from '../../src/index.ts';
import { memoryStorage } from '../../src/storage/memory/index.ts';
import type { ToyOptions } from '../toy/toy-run.ts';
import { type EffectTable, observe } from './observe.ts';

export const reportEffects: Pick<
  EffectTable<ToyOptions>,
  'capture' | 'signal' | 'yieldEvery' | 'logEvery' | 'loggers' | 'profiler' | 'clock'
> = {
  capture: async () => {
    const backend = createReferenceBackend();
    const seen: { key: string; inputs: number }[] = [];
    // Stands for an engine that records: it runs the function each time and owns what comes out.
    const site = (): CaptureSite<ReferenceTensor> => ({
      run: ({ key, inputs }, body) => {
        seen.push({ key, inputs: inputs.length });
        return backend.ops.tidy(() => {
          const results = body(inputs);
          for (const result of Object.values(results).flat()) if (result) backend.ops.keep(result);
          return results;
        });
      },
      report: () => ({ replays: 0, eager: seen.length, recordings: 0, reason: undefined }),
      dispose: () => {},
    });
    const recording = { ...backend, captureSite: site };
    const plain = await observe();
    const captured = await observe({ capture: 'auto' }, { backend: recording } as never);
    expect(captured.weights).toEqual(plain.weights);
    expect(captured.result.history).toEqual(plain.result.history);
    expect(seen.filter(({ inputs }) => inputs === 2)).not.toHaveLength(0);
    expect(seen.filter(({ inputs }) => inputs === 0)).toHaveLength(captured.result.updates);
    expect([plain.result.capture, captured.result.capture?.updates?.eager]).toEqual([null, seen.length]);
    seen.length = 0;
    await observe({ capture: false }, { backend: recording, model: { prefix: 'other.' } } as never);
    expect(seen).toEqual([]);
    await expect(observe({ capture: 'always' as never })).rejects.toThrow(/capture/);
  },
  signal: async () => {
    const storage = memoryStorage();
    const { result } = await observe({ signal: AbortSignal.abort(), checkpoint: { storage } });
    expect(result).toMatchObject({ reason: 'aborted', updates: 0 });
    expect(await storage.list()).toHaveLength(1);
  },
  yieldEvery: async () => {
    const turns = async (yieldEvery?: number | 'never') => {
      let count = 0;
      const timer = setInterval(() => count++, 0);
      await observe(yieldEvery === undefined ? {} : { yieldEvery });
      clearInterval(timer);
      return count;
    };
    expect(await turns('never')).toBe(0);
    expect(await turns(0)).toBeGreaterThan(0);
    await expect(observe({ yieldEvery: -1 })).rejects.toThrow(/yieldEvery/);
  },
  logEvery: async () => {
    const read = async (logEvery?: number) =>
      (await observe(logEvery ? { logEvery } : {}))
        .of('update-end')
        .filter(({ loss }) => loss !== null)
        .map(({ update }) => update);
    expect(await read(3)).toEqual([3, 5, 6, 9, 10]);
    // Default 50: only the ends of epochs.
    expect(await read()).toEqual([5, 10]);
  },
  loggers: async () => {
    const logger = memoryLogger();
    const { result } = await observe({ loggers: [logger], logEvery: 5 });
    expect(logger.rows.map(({ update, epoch, scalars }) => ({ update, epoch, values: scalars }))).toEqual(
      result.history.map(({ update, epoch, values }) => ({ update, epoch, values })),
    );
    expect(logger.valuesOf('learningRate')).toEqual([
      { update: 5, value: 0.05 },
      { update: 10, value: 0.05 },
    ]);
  },
  profiler: async () => {
    let now = 0;
    const { result } = await observe({
      profiler: 'simple',
      clock: () => (now += 1),
      checkpoint: { storage: memoryStorage() },
    });
    const { total, ...phases } = result.profile!;
    expect(Object.keys(phases)).toEqual(['data', 'forwardBackward', 'optimizer', 'validation', 'checkpoint', 'host']);
    expect(Object.values(phases).every((seconds) => seconds > 0)).toBe(true);
    expect(Object.values(phases).reduce((a, b) => a + b)).toBeCloseTo(total, 9);
    expect((await observe()).result.profile).toBe(null);
  },
  clock: async () => {
    let now = 1000;
    const { result, of } = await observe({ clock: () => (now += 250) });
    expect(result.seconds % 0.25).toBe(0);
    expect(of('update-end')[3]!.seconds).toBeGreaterThan(of('update-end')[2]!.seconds);
    // It goes back in the middle of the run.
    let tick = 0;
    const back = await observe({ clock: () => (tick++ < 12 ? tick * 1000 : tick) });
    expect(back.of('notice')).toMatchObject([{ code: 'clock-went-back' }]);
    const seconds = back.of('update-end').map((event) => event.seconds);
    expect([...seconds].sort((a, b) => a - b)).toEqual(seconds);
  },
};
