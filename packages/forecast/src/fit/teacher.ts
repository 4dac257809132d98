import { type Batch, type BatchSource, type Scaler, timeAt, type Windows, writeTime } from '@nt/data';
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
 * @param scaler of the plan's training part
 * @throws ForecastError `forecast/option` naming the first forecast that is none, or that the scaler cannot take
 */
export async function lessonsOf(
  { predictor, weight = usualWeight }: Teacher,
  plan: FitPlan,
  scaler: Scaler,
): Promise<Lessons> {
  const { windows } = trainingBatches(plan.set, plan.split, plan.forecaster, plan.training);
  const { horizon, bounds, set } = windows;
  const { point } = await predictor.predictWindows(windows);
  const missing = point.findIndex((value) => !Number.isFinite(value));
  if (missing >= 0)
    throw refused(predictor.method, windows, missing, `has no forecast of`, 'which the training part holds');
  const forecasts = new Float32Array(point.length);
  for (const [series, id] of set.ids.entries()) {
    const [from, to] = [bounds[series]! * horizon, bounds[series + 1]! * horizon];
    if (from < to) forecasts.set(scaler.scaled(point.subarray(from, to), id), from);
  }
  const outside = forecasts.findIndex((value) => !Number.isFinite(value));
  if (outside >= 0)
    throw refused(
      predictor.method,
      windows,
      outside,
      `forecasts ${point[outside]} for`,
      `which the scaler ${scaler.kind} cannot take. Use standard or arcsinh, or a teacher that stays where the data are`,
    );
  return { weight, forecasts };
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

/** @param at the forecast, of all steps of all windows */
function refused(
  method: string,
  { horizon, locate, set }: Windows,
  at: number,
  what: string,
  why: string,
): ForecastError {
  const { series, origin } = locate(Math.floor(at / horizon));
  const step = origin + (at % horizon);
  const place = `series '${set.ids[series]}', ${writeTime(set, timeAt(set, series, step))}`;
  return new ForecastError('forecast/option', `teacher: ${method} ${what} ${place}, ${why}.`, {
    option: 'teacher',
    series: set.ids[series]!,
    step,
  });
}
