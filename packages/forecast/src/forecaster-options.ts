import { type CalendarFeature, calendarFeatures, scalerKinds } from '@nt/data';
import type { ModelOptions } from './models/model-factory.ts';
import { checkObject } from './options/check-keys.ts';
import { checkName } from './options/choice.ts';
import { nameOption } from './options/choice-options.ts';
import { wholeNumber } from './options/number-options.ts';
import { badOption, type DecidedOptions, decideOptions, type GivenOptions, type Option } from './options/option.ts';

const modelOption: Option<ModelOptions, ModelOptions> = {
  help: 'options of the network itself',
  fallback: 'none',
  decide: (name, given = {}) => {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
    throw badOption(name, "an object with the network's options", given);
  },
};

const calendarOption: Option<readonly CalendarFeature[], readonly CalendarFeature[]> = {
  help: 'calendar features that become covariates known ahead',
  fallback: 'none',
  names: calendarFeatures,
  decide: (name, given = []) => {
    if (!Array.isArray(given)) throw badOption(name, `a list of ${calendarFeatures.join(', ')}`, given);
    for (const feature of given) checkName(name, feature, calendarFeatures);
    return given;
  },
};

/** What a forecaster is, whatever it is trained on: every option once. */
export const forecasterOptionTable = {
  /** Time steps forecast at once, an integer ≥ 1. */
  horizon: wholeNumber({ help: 'time steps forecast at once', min: 1, default: () => Number.NaN }),
  /** Time steps the network looks back; default 3 × horizon. */
  inputSize: wholeNumber({
    help: 'time steps that the network looks back',
    min: 1,
    default: ({ horizon }) => 3 * (horizon as number),
    otherwise: '3 × horizon',
  }),
  /** How each series is scaled, by its training part only. */
  scaler: nameOption({ help: 'how each series is scaled', names: scalerKinds, default: 'standard' }),
  /**
   * `series` (default): every series has a scale of its own, one that was not in the training its own rows'; `global`: all
   * share one.
   */
  scalerScope: nameOption({
    help: 'whether each series has a scale of its own',
    names: ['series', 'global'] as const,
    default: 'series',
  }),
  /**
   * Calendar features that become covariates known ahead, such as `hour`, `dayOfWeek`: they follow from the times, so no
   * file has to hold them. Default none.
   */
  calendar: calendarOption,
  /** Options of the network itself, e.g. `hiddenSize`, `variant` of N-HiTS. */
  model: modelOption,
  /** Of initial weights, order of windows and dropout. Same seed, data and engine: same bits. */
  seed: wholeNumber({ help: 'of initial weights, order of windows and dropout', min: 0, default: 1 }),
};

type Given = GivenOptions<typeof forecasterOptionTable>;

/** What a forecaster is, whatever it is trained on. */
export interface ForecasterOptions extends Omit<Given, 'horizon'> {
  readonly horizon: number;
}

/** Every option decided. */
export type ForecasterConfig = DecidedOptions<typeof forecasterOptionTable>;

/** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function forecasterConfig(options: ForecasterOptions): ForecasterConfig {
  checkObject('forecaster', options);
  if (options.horizon === undefined) throw badOption('horizon', 'an integer >= 1', undefined);
  return decideOptions('forecaster', forecasterOptionTable, options);
}
