import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCpuBackend } from '@nt/backend-cpu';
import { type SeriesSet, seriesFromArrays } from '@nt/data';
import type { TrainEvent } from '@nt/trainer';
import { nodeStorage } from '@nt/trainer/storage/node';
import { memory } from '@tensorflow/tfjs-core';
import { NhitsForecaster } from '../src/index.ts';
import type { HeldMoment } from './growth.ts';

/** How long, and how much in between. */
export interface SoakOptions {
  readonly minutes: number;
  /** At most so many fits; default: as many as there is time for. */
  readonly fits?: number | undefined;
  /** Between two moments; they are taken between fits. */
  readonly secondsAMoment: number;
  readonly updatesAFit: number;
  readonly hiddenSize: number;
  readonly threads: number;
  /** Called after each fit: tests plant their leaks here. */
  readonly afterFit?: (() => void) | undefined;
  readonly onMoment?: ((moment: HeldMoment) => void) | undefined;
}

/** What came of it. */
export interface SoakOutcome {
  readonly moments: readonly HeldMoment[];
  readonly fits: number;
  readonly validations: number;
  readonly checkpoints: number;
  /** Updates that were repetitions of a recording. */
  readonly replays: number;
  /** Fits in whose second half the engine held more than in the first, in words. */
  readonly swollen: readonly string[];
}

/**
 * Trains one network after another with captured updates, validation and checkpoints in a folder, forecasts with each and
 * frees it, until the time is over; notes what the process holds.
 */
export async function soak(options: SoakOptions): Promise<SoakOutcome> {
  const collect = garbageCollector();
  const backend = await createCpuBackend({ threads: options.threads });
  const recipe = new NhitsForecaster(backend, {
    horizon: 24,
    inputSize: 168,
    model: { hiddenSize: options.hiddenSize },
  });
  const set = waves();
  const plan = recipe.plan(set, {
    maxUpdates: options.updatesAFit,
    batchSize: 32,
    validation: 0.2,
    validationEvery: Math.ceil(options.updatesAFit / 20),
    patience: 0,
  });
  const start = performance.now();
  const moments: HeldMoment[] = [];
  const swollen: string[] = [];
  let [fits, updates, validations, checkpoints, replays, lastMoment] = [0, 0, 0, 0, 0, start];
  try {
    while (performance.now() - start < options.minutes * 60_000 && fits < (options.fits ?? Number.POSITIVE_INFINITY)) {
      const watched = watchFit();
      const { forecaster, result } = await inFolder((folder) =>
        recipe.fit(plan, {
          checkpoints: nodeStorage(folder),
          checkpointEvery: Math.ceil(options.updatesAFit / 4),
          onEvent: watched.onEvent,
        }),
      );
      await forecaster.predict(set);
      forecaster.dispose();
      fits += 1;
      updates += result.updates;
      validations += watched.validations();
      checkpoints += watched.checkpoints();
      replays += result.capture?.gradients.replays ?? 0;
      swollen.push(...watched.swollen().map((what) => `fit ${fits}: ${what}`));
      options.afterFit?.();
      if (performance.now() - lastMoment < options.secondsAMoment * 1000) continue;
      lastMoment = performance.now();
      // A turn first: what the last promises held is garbage only after it.
      await new Promise((resolve) => setImmediate(resolve));
      collect();
      moments.push({ minutes: (lastMoment - start) / 60_000, updates, ...held() });
      options.onMoment?.(moments.at(-1)!);
    }
  } finally {
    await backend.dispose();
  }
  return { moments, fits, validations, checkpoints, replays, swollen };
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'nt-soak-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Within a fit: what the engine holds after validations. In the first half each size of a batch is run and recorded twice. */
function watchFit() {
  const after: ReturnType<typeof engineHolds>[] = [];
  let checkpoints = 0;
  return {
    onEvent: (event: TrainEvent): void => {
      if (event.type === 'validation-end') after.push(engineHolds());
      if (event.type === 'checkpoint-saved') checkpoints += 1;
    },
    validations: () => after.length,
    checkpoints: () => checkpoints,
    swollen: () =>
      (['engine', 'tensors'] as const).flatMap((name) => {
        const half = after.length >> 1;
        const most = Math.max(...after.slice(0, half).map((moment) => moment[name]));
        const later = Math.max(...after.slice(half).map((moment) => moment[name]));
        return later > most ? [`${name} ${most} in the first half, ${later} later`] : [];
      }),
  };
}

function engineHolds() {
  const { numTensors: tensors, ...more } = memory();
  const { heapBytesInUse: engine, heapBytesReserved: engineReserved } = more as unknown as Record<string, number>;
  return { tensors, engine: engine!, engineReserved: engineReserved! };
}

function held() {
  const { rss, heapUsed: heap, arrayBuffers: arrays } = process.memoryUsage();
  return { rss, heap, arrays, ...engineHolds() };
}

/** Without a flag on the command line. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Of few windows: every epoch ends with a smaller batch, which is recorded, too. */
function waves(): SeriesSet {
  const values = (phase: number): number[] =>
    Array.from({ length: 400 }, (_, t) => 10 + 3 * Math.sin((2 * Math.PI * (t + phase)) / 24) + Math.sin(t * 12.9898));
  const series = [0, 5, 11].map((phase) => ({ id: `wave ${phase}`, values: values(phase), start: '2026-01-01' }));
  return seriesFromArrays(series, { frequency: 'hour' });
}
