import { seriesValues, type Windows } from '@nt/data';
import { seasonLength as usualSeason } from '../baselines/season-length.ts';
import {
  type ConformalQuantiles,
  conformalizeQuantiles,
  conformalQuantilesFromJson,
  fitConformalQuantiles,
} from '../calibration/conformal-quantiles.ts';
import {
  fitSplitConformal,
  type SplitConformal,
  splitConformalFromJson,
  splitConformalInterval,
} from '../calibration/split-conformal.ts';
import { checkInteger } from '../check-arguments.ts';
import { checkKeys } from '../options/check-keys.ts';
import { checkName } from '../options/choice.ts';
import { checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import { quantilesOfLevels } from '../predict/levels.ts';
import { predictAhead } from '../predict/predict-ahead.ts';
import type { WindowForecasts } from '../predict/window-forecasts.ts';
import type { Predictor } from '../predictor.ts';
import { windowScales } from './window-scales.ts';

/** How intervals are calibrated. */
export const conformalMethods = ['scaled', 'split', 'quantiles'] as const;
/** One of `conformalMethods`. */
export type ConformalMethod = (typeof conformalMethods)[number];

/** How `conformal` calibrates. */
export interface ConformalOptions {
  /**
   * `scaled` (default): point ± errors, in units of how much the series moved of late (`windowScales`), which holds in
   * wilder times and for series of other sizes; `split`: point ± errors in the data's unit; `quantiles`: the predictor's
   * own intervals, widened or narrowed until they cover (CQR).
   */
  readonly method?: ConformalMethod | undefined;
  /** For `quantiles`: the central intervals to calibrate, in percent; default 80 and 95. */
  readonly levels?: readonly number[] | undefined;
  /** For `scaled`: time steps of a season; default by frequency. */
  readonly seasonLength?: number | undefined;
}

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
 * A predictor with intervals that cover as often as they say, learnt for each step of the horizon from its errors on
 * windows that it was not trained on. It promises that for times that behave as those of the calibration did; report the
 * measured coverage beside the nominal level all the same.
 *
 * Disposing it disposes the predictor.
 *
 * @param calibration windows in the data's unit: the validation part, or a part of its own
 * @throws ForecastError `forecast/option` with too few windows for a level, `forecast/no-quantiles` for `quantiles` with a
 *   predictor that has none
 * Source: Vovk, Gammerman & Shafer 2005; Lei et al. 2018 (scaled: §5.2); Romano, Patterson & Candès 2019 (CQR).
 */
export async function conformal(
  predictor: Predictor,
  calibration: Windows,
  options: ConformalOptions = {},
): Promise<ConformalPredictor> {
  checkKeys('conformal', options, ['method', 'levels', 'seasonLength']);
  const { method = 'scaled', levels = [80, 95], seasonLength = usualSeason(calibration.set.frequency) } = options;
  checkName('method', method, conformalMethods);
  checkInteger('seasonLength', seasonLength, 1);
  const { horizon } = predictor;
  const actual = actualOf(calibration);
  if (method === 'quantiles') {
    const asked = quantilesOfLevels(levels);
    checkQuantilesTold(predictor, asked);
    const { quantiles } = await predictor.predictWindows(calibration, asked);
    const fitted = [...levels]
      .sort((a, b) => a - b)
      .map((percent) => {
        const [lower, upper] = quantilesOfLevels([percent]).map((q) => quantiles[asked.indexOf(q)]!);
        return fitConformalQuantiles({ actual, lower: lower!, upper: upper!, level: percent / 100, horizon });
      });
    return calibrated(predictor, { kind: 'quantiles', levels: fitted });
  }
  const { point } = await predictor.predictWindows(calibration);
  const scales = method === 'scaled' ? windowScales(calibration, seasonLength) : undefined;
  const errors = fitSplitConformal({ actual, forecast: point, horizon, scales });
  return calibrated(predictor, { kind: method, seasonLength, errors });
}

/** The predictor with intervals that were calibrated before. @throws ForecastError `forecast/model-file` */
export function conformalFromJson(predictor: Predictor, state: ConformalState): ConformalPredictor {
  if (state.kind === 'quantiles') {
    return calibrated(predictor, { kind: 'quantiles', levels: state.levels.map(conformalQuantilesFromJson) });
  }
  return calibrated(predictor, { ...state, errors: splitConformalFromJson(state.errors) });
}

function calibrated(predictor: Predictor, calibration: ConformalState): ConformalPredictor {
  const { horizon } = predictor;
  const told =
    calibration.kind === 'quantiles'
      ? quantilesOfLevels(calibration.levels.map(({ level }) => Math.round(level * 1e8) / 1e6))
      : 'any';
  const own: ConformalPredictor = {
    method: `${predictor.method}, conformal`,
    horizon,
    quantiles: told === 'any' ? told : [...told.filter((q) => q < 0.5), 0.5, ...told.filter((q) => q > 0.5)],
    calibration,
    predict: (set, options) => predictAhead(own, set, options),
    notices: (set) => predictor.notices?.(set) ?? [],
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
  const asked = quantilesOfLevels(levels.map(({ level }) => Math.round(level * 1e8) / 1e6));
  const { point, quantiles: raw } = await predictor.predictWindows(windows, asked);
  const columns = quantiles.map((q) => {
    if (q === 0.5) return point.slice();
    const level = levels.find((one) => Math.abs(one.level - Math.abs(2 * q - 1)) < 1e-9)!;
    const [low, high] = quantilesOfLevels([Math.round(level.level * 1e8) / 1e6]).map((at) => raw[asked.indexOf(at)]!);
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

/** `[windows, horizon]`, NaN where not observed. */
function actualOf(windows: Windows): Float64Array {
  const { count, horizon, set } = windows;
  const out = new Float64Array(count * horizon);
  for (let window = 0; window < count; window++) {
    const { series, origin } = windows.locate(window);
    out.set(seriesValues(set, series).subarray(origin, origin + horizon), window * horizon);
  }
  return out;
}
