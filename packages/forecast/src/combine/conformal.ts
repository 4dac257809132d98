import { seasonLength as usualSeason, type Windows } from '@nt/data';
import { conformalQuantilesFromJson, fitConformalQuantiles } from '../calibration/conformal-quantiles.ts';
import { fitSplitConformal, splitConformalFromJson } from '../calibration/split-conformal.ts';
import { checkInteger } from '../check-arguments.ts';
import { actualOf } from '../evaluate/actual-of.ts';
import { checkKeys } from '../options/check-keys.ts';
import { checkName } from '../options/choice.ts';
import { badOption } from '../options/option.ts';
import { checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import { quantilesOfLevels } from '../predict/levels.ts';
import type { Predictor } from '../predictor.ts';
import { type TrainingData, windowsSeen } from '../saved/training-data.ts';
import { type ConformalPredictor, type ConformalState, calibratedPredictor } from './calibrated-predictor.ts';
import { checkUntrained } from './check-untrained.ts';
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

/**
 * A predictor with intervals that cover as often as they say, learnt for each step of the horizon from its errors on
 * windows that it was not trained on. Overlapping windows count for fewer: the errors of step k for windows ÷ k. It promises
 * that for times that behave as those of the calibration did; only `scaled` follows a series that grows wilder, and none a
 * network that ages. Report the measured coverage beside the nominal level.
 *
 * Disposing it disposes the predictor.
 *
 * @param calibration windows in the data's unit: the validation part, or a part of its own
 * @throws ForecastError `forecast/option` with too few windows for a level, or windows that it was trained on (known of what
 *   was fitted here, saved and loaded or not), `forecast/no-quantiles` for `quantiles` with a
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
  if (method !== 'quantiles' && options.levels !== undefined)
    throw badOption('levels', `none with '${method}', which gives any level that predict is asked for`, levels);
  if (method !== 'scaled' && options.seasonLength !== undefined)
    throw badOption('seasonLength', `none with '${method}', which has no use for it`, seasonLength);
  checkUntrained(predictor, calibration);
  const { horizon } = predictor;
  const truth = { actual: actualOf(calibration), horizon, stride: strideOf(calibration) };
  if (method === 'quantiles') {
    const asked = quantilesOfLevels(levels);
    checkQuantilesTold(predictor, asked);
    const { quantiles } = await predictor.predictWindows(calibration, asked);
    const fitted = [...levels]
      .sort((a, b) => a - b)
      .map((percent) => {
        const [lower, upper] = quantilesOfLevels([percent]).map((q) => quantiles[asked.indexOf(q)]!);
        return fitConformalQuantiles({ ...truth, lower: lower!, upper: upper!, level: percent / 100 });
      });
    return calibratedPredictor(predictor, { kind: 'quantiles', levels: fitted }, windowsSeen(calibration));
  }
  const { point } = await predictor.predictWindows(calibration);
  const scales = method === 'scaled' ? windowScales(calibration, seasonLength) : undefined;
  const errors = fitSplitConformal({ ...truth, forecast: point, scales });
  return calibratedPredictor(predictor, { kind: method, seasonLength, errors }, windowsSeen(calibration));
}

/**
 * The predictor with intervals that were calibrated before.
 *
 * @param calibratedOn `trainedOn` of the predictor that was calibrated
 * @throws ForecastError `forecast/model-file`
 */
export function conformalFromJson(
  predictor: Predictor,
  state: ConformalState,
  calibratedOn?: TrainingData,
): ConformalPredictor {
  if (state.kind === 'quantiles') {
    const levels = state.levels.map(conformalQuantilesFromJson);
    return calibratedPredictor(predictor, { kind: 'quantiles', levels }, calibratedOn);
  }
  return calibratedPredictor(predictor, { ...state, errors: splitConformalFromJson(state.errors) }, calibratedOn);
}

/** The fewest time steps from window to window of a series; undefined where each series has one window. */
function strideOf(windows: Windows): number | undefined {
  let least = Infinity;
  for (let window = 1; window < windows.count; window++) {
    const [before, here] = [windows.locate(window - 1), windows.locate(window)];
    if (before.series === here.series) least = Math.min(least, here.origin - before.origin);
  }
  return Number.isFinite(least) ? least : undefined;
}
