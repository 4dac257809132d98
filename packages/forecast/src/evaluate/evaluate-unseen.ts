import { type SeriesSet, type Windows, windows } from '@nt/data';
import { usualBaselines } from '../baselines/usual-baselines.ts';
import { holdsWindow } from '../fit/part-windows.ts';
import { ForecastError } from '../forecast-error.ts';
import { withModelId } from '../predict/check-data.ts';
import type { Predictor } from '../predictor.ts';
import { unseenRanges } from '../saved/seen-until.ts';
import { evaluate } from './evaluate.ts';
import { checkEvaluateOptions, type EvaluateOptions } from './evaluate-options.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Compares a predictor with the naive forecasts over every window (stride 1) whose targets it has not seen: those after
 * the end of what it was trained, validated and calibrated on. One that learnt nothing is judged on all windows.
 *
 * @throws ForecastError `forecast/no-windows` when `set` holds no unseen window
 */
export async function evaluateUnseen(
  predictor: Predictor,
  set: SeriesSet,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  checkEvaluateOptions(options);
  const rivals = usualBaselines(predictor.horizon, set, options).filter(({ method }) => method !== predictor.method);
  return evaluate([predictor, ...rivals], unseenWindows(predictor, set), options);
}

/**
 * Every window (stride 1) whose targets a predictor has not seen.
 *
 * @param inputSize of the windows; what a predictor looks back at is its own affair
 * @throws ForecastError `forecast/no-windows`
 */
export function unseenWindows(
  { horizon, trainedOn }: Pick<Predictor, 'horizon' | 'trainedOn'>,
  set: SeriesSet,
  inputSize = 1,
): Windows {
  const seen = trainedOn === undefined ? {} : trainedOn.seenUntil;
  const ranges = unseenRanges(trainedOn === undefined ? set : withModelId(trainedOn, set), seen);
  if (holdsWindow(ranges, horizon)) return windows(set, { inputSize, horizon, ranges });
  throw new ForecastError(
    'forecast/no-windows',
    `evaluate: expected at least ${horizon} time steps after the model's training and validation parts, found fewer in every series. Keep some back when you train (test: 0.2), or give newer data.`,
    { horizon },
  );
}
