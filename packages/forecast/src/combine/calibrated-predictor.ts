import type { Windows } from '@nt/data';
import { type ConformalQuantiles, conformalizeQuantiles } from '../calibration/conformal-quantiles.ts';
import { highestLevel } from '../calibration/conformal-radius.ts';
import { type SplitConformal, splitConformalInterval } from '../calibration/split-conformal.ts';
import { checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import { quantilesOfLevels } from '../predict/levels.ts';
import { predictAhead } from '../predict/predict-ahead.ts';
import type { WindowForecasts } from '../predict/window-forecasts.ts';
import type { Predictor } from '../predictor.ts';
import { joinTrainingData, type TrainingData } from '../saved/training-data.ts';
import { windowScales } from './window-scales.ts';

/** What was learnt: JSON. */
export type ConformalState =
  | { readonly kind: 'scaled' | 'split'; readonly seasonLength: number; readonly errors: SplitConformal }
  | { readonly kind: 'quantiles'; readonly levels: readonly ConformalQuantiles[] };

/** A predictor with calibrated intervals. */
export interface ConformalPredictor extends Predictor {
  /** What was learnt, as JSON: `conformalFromJson` makes the same predictor of it. */
  readonly calibration: ConformalState;
}

/**
 * The predictor with the intervals that a calibration gives it.
 *
 * @param calibratedOn what it learnt the intervals from
 */
export function calibratedPredictor(
  predictor: Predictor,
  calibration: ConformalState,
  calibratedOn: TrainingData | undefined,
): ConformalPredictor {
  const { horizon } = predictor;
  const told = calibration.kind === 'quantiles' ? quantilesOf(calibration.levels) : 'any';
  const own: ConformalPredictor = {
    method: `${predictor.method}, conformal`,
    horizon,
    quantiles: told === 'any' ? told : [...told.filter((q) => q < 0.5), 0.5, ...told.filter((q) => q > 0.5)],
    ...(calibration.kind !== 'quantiles' && { highestLevel: highestLevel(calibration.errors) }),
    calibration,
    trainedOn: joinTrainingData([predictor.trainedOn, calibratedOn]),
    saving: { kind: 'conformal', state: { calibration }, members: [predictor] },
    predict: (set, options) => predictAhead(own, set, options),
    notices: (set) => predictor.notices?.(set) ?? [],
    cannotForecast: (set) => predictor.cannotForecast?.(set) ?? [],
    predictWindows: async (windows, quantiles = []) => {
      checkQuantilesTold(own, quantiles);
      if (calibration.kind !== 'quantiles') return aroundPoints(predictor, calibration, windows, quantiles);
      return widened(predictor, calibration.levels, windows, quantiles);
    },
    dispose: () => predictor.dispose(),
  };
  return own;
}

async function aroundPoints(
  predictor: Predictor,
  { kind, seasonLength, errors }: Extract<ConformalState, { errors: unknown }>,
  windows: Windows,
  quantiles: readonly number[],
): Promise<WindowForecasts> {
  const { point } = await predictor.predictWindows(windows);
  const scales = kind === 'scaled' ? windowScales(windows, seasonLength) : undefined;
  return {
    point,
    quantiles: quantiles.map((q) => {
      if (q === 0.5) return point.slice();
      const { lower, upper } = splitConformalInterval(errors, point, { level: Math.abs(2 * q - 1), scales });
      return q < 0.5 ? lower : upper;
    }),
  };
}

async function widened(
  predictor: Predictor,
  levels: readonly ConformalQuantiles[],
  windows: Windows,
  quantiles: readonly number[],
): Promise<WindowForecasts> {
  const asked = quantilesOf(levels);
  const { point, quantiles: raw } = await predictor.predictWindows(windows, asked);
  const columns = quantiles.map((q) => {
    if (q === 0.5) return point.slice();
    const level = levels.find((one) => Math.abs(one.level - Math.abs(2 * q - 1)) < 1e-9)!;
    const [low, high] = quantilesOf([level]).map((at) => raw[asked.indexOf(at)]!);
    const { lower, upper } = conformalizeQuantiles(level, { lower: low!, upper: high! });
    return q < 0.5 ? lower : upper;
  });
  return { point, quantiles: inOrder(columns) };
}

/** Levels are widened apart, so that a narrow one can come to lie outside a wide one: each step is put in order. */
function inOrder(columns: readonly Float64Array[]): Float64Array[] {
  const out = columns.map((column) => column.slice());
  for (let i = 0; i < (columns[0]?.length ?? 0); i++) {
    const sorted = columns.map((column) => column[i]!).sort((a, b) => a - b);
    out.forEach((column, k) => {
      column[i] = sorted[k]!;
    });
  }
  return out;
}

/** The quantiles between which the calibrated intervals lie. */
const quantilesOf = (levels: readonly ConformalQuantiles[]): readonly number[] =>
  quantilesOfLevels(levels.map(({ level }) => Math.round(level * 1e8) / 1e6));
