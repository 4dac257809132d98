import type { Batch, BatchSource, Scaler, SeriesSet, Windows } from '@nt/data';
import { ForecastError } from '../forecast-error.ts';
import type { Head } from '../heads/head.ts';
import { badOption } from '../options/option.ts';
import type { Predictor } from '../predictor.ts';
import { mapBatches } from '../training/map-batches.ts';
import { trainingBatches } from '../training/training-batches.ts';
import type { FitPlan } from './fit-plan.ts';

/** Somebody who knows it already: a network is trained on its forecasts beside what came about. */
export interface Teacher {
  /** Of the plan's horizon; a blend or an ensemble, say. What it has seen counts as seen by the network that it teaches. */
  readonly predictor: Pick<Predictor, 'method' | 'horizon' | 'predictWindows' | 'trainedOn'>;
  /** Share of the loss on its forecasts, in (0, 1]; default 0.5. */
  readonly weight?: number | undefined;
}

/** What a teacher says of every training window. */
export interface Lessons {
  readonly weight: number;
  /** `[windows, horizon]`, scaled. */
  readonly forecasts: Float32Array;
}

/** A training batch with what a teacher says of it. */
export type TaughtBatch = Batch & {
  /** `[size, horizon]`, scaled. */
  readonly lessons?: Float32Array;
};

const usualWeight = 0.5;

/** @throws ForecastError `forecast/option` for a teacher that cannot teach this */
export function checkTeacher({ predictor, weight = usualWeight }: Teacher, plan: FitPlan, head: Head): void {
  const { horizon } = plan.forecaster;
  if (typeof predictor?.predictWindows !== 'function') throw badOption('teacher', '{ predictor, weight }', predictor);
  if (predictor.horizon !== horizon) throw badOption('teacher', `a predictor of horizon ${horizon}`, predictor.horizon);
  if (!(weight > 0 && weight <= 1)) throw badOption('teacher.weight', 'a number > 0 and <= 1', weight);
  if (head.outputs !== 1)
    throw badOption('teacher', 'a loss of points: a teacher knows no quantiles', plan.training.loss.name);
  if (plan.training.augment.length > 0)
    throw badOption('teacher', 'training without augment: a teacher forecasts windows as they are', 'augment');
}

/**
 * Asks a teacher about every training window.
 *
 * @param set the plan's, with the covariates that the network has of its own
 * @param scaler of `set`
 */
export async function lessonsOf(
  { predictor, weight = usualWeight }: Teacher,
  plan: FitPlan,
  set: SeriesSet,
  scaler: Scaler,
): Promise<Lessons> {
  const { windows } = trainingBatches(plan.set, plan.split, plan.forecaster, plan.training);
  const { point } = await predictor.predictWindows(windows);
  const missing = point.findIndex((value) => !Number.isFinite(value));
  if (missing >= 0) throw mute(predictor.method, windows, Math.floor(missing / windows.horizon));
  return { weight, forecasts: scaled(point, windows, set, scaler) };
}

/** Step by step of the horizon, each window's value in the place of its first target: scalers scale whole sets. */
function scaled(
  point: Float64Array,
  { count, horizon, locate }: Windows,
  set: SeriesSet,
  scaler: Scaler,
): Float32Array {
  const out = new Float32Array(point.length);
  const rows = Float64Array.from({ length: count }, (_, window) => {
    const { series, origin } = locate(window);
    return set.offsets[series]! + origin;
  });
  for (let step = 0; step < horizon; step++) {
    const values = new Float64Array(set.values.length).fill(Number.NaN);
    for (let window = 0; window < count; window++) values[rows[window]!] = point[window * horizon + step]!;
    const { values: found } = scaler.transform({ ...set, values });
    for (let window = 0; window < count; window++) out[window * horizon + step] = found[rows[window]!]!;
  }
  return out;
}

/** Training batches with what a teacher says of their windows. */
export function taught(source: BatchSource, { forecasts }: Lessons): BatchSource {
  const { horizon } = source.windows;
  return mapBatches(source, (batch): TaughtBatch => {
    const lessons = new Float32Array(batch.size * horizon);
    for (let row = 0; row < batch.size; row++) {
      const from = batch.windows[row]! * horizon;
      lessons.set(forecasts.subarray(from, from + horizon), row * horizon);
    }
    return { ...batch, lessons };
  });
}

function mute(method: string, { locate, set }: Windows, window: number): ForecastError {
  const { series, origin } = locate(window);
  return new ForecastError(
    'forecast/option',
    `teacher: ${method} has no forecast of series '${set.ids[series]}' from time step ${origin} on, which the training part holds.`,
    { option: 'teacher', series: set.ids[series]!, origin },
  );
}
