import { type CalendarFeature, calendarFeatures, type TimeSplit } from '@nt/data';
import type { TrainEvent } from '@nt/trainer';
import { partOptionTable } from '../fit/plan-options.ts';
import { checkName } from '../options/choice.ts';
import { nameOption } from '../options/choice-options.ts';
import { wholeNumber } from '../options/number-options.ts';
import { badOption, type DecidedOptions, decideOptions, type GivenOptions, type Option } from '../options/option.ts';
import type { MemberReport } from './member-report.ts';

/** How much is spent on a blend. */
export const blendPresets = ['accurate', 'fast'] as const;
/** One of `blendPresets`. */
export type BlendPreset = (typeof blendPresets)[number];

const calendarOption: Option<readonly CalendarFeature[], readonly CalendarFeature[] | null> = {
  help: 'calendar features that the networks are told',
  fallback: 'by frequency and length',
  names: calendarFeatures,
  decide: (name, given) => {
    if (given === undefined) return null;
    if (!Array.isArray(given)) throw badOption(name, `a list of ${calendarFeatures.join(', ')}`, given);
    for (const feature of given) checkName(name, feature, calendarFeatures);
    return given;
  },
};

/** What a blend leaves to choose: every option once. All else follows from the data. */
export const blendOptionTable = {
  /** Time steps forecast at once, an integer ≥ 1. */
  horizon: wholeNumber({ help: 'time steps forecast at once', min: 1, default: () => Number.NaN }),
  /** `accurate` (default): six networks and ridges; `fast`: two smaller networks that train half as long. */
  preset: nameOption({ help: 'how much is spent', names: blendPresets, default: 'accurate' }),
  /** Updates of each network at most; default 1,000, 500 with `fast`. */
  maxUpdates: wholeNumber({
    help: 'updates of each network at most',
    min: 1,
    default: ({ preset }) => (preset === 'fast' ? 500 : 1000),
    otherwise: '1000, 500 with fast',
  }),
  /** Calendar features that the networks are told; default by frequency and length of the training part. */
  calendar: calendarOption,
  ...partOptionTable,
  /** Of initial weights and order of windows. Same seed, data and engine: same bits. */
  seed: wholeNumber({ help: 'of initial weights and order of windows', min: 0, default: 1 }),
};

type Table = typeof blendOptionTable;

/** What happens while a blend is made. */
export type BlendEvent =
  | { readonly type: 'member-start'; readonly member: string; readonly index: number }
  | { readonly type: 'training'; readonly member: string; readonly event: TrainEvent }
  | { readonly type: 'member-end'; readonly report: Omit<MemberReport, 'weight'> };

/** How a blend is made. */
export interface BlendOptions extends Omit<GivenOptions<Table>, 'horizon'> {
  readonly horizon: number;
  /** Parts made elsewhere; `validation` and `test` are then left out. It needs a validation part. */
  readonly split?: TimeSplit | undefined;
  /** No further member is begun; those that were finished are blended. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: BlendEvent) => void) | undefined;
}

/** Every option decided; JSON. */
export type BlendConfig = DecidedOptions<Table>;

/** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function blendConfig({ split, signal: _, onEvent: __, ...given }: BlendOptions): BlendConfig {
  if (given.horizon === undefined) throw badOption('horizon', 'an integer >= 1', undefined);
  if (split !== undefined && (given.validation !== undefined || given.test !== undefined)) {
    throw badOption('split', 'no validation and test beside it, since it has these parts', {
      validation: given.validation,
      test: given.test,
    });
  }
  return decideOptions('fitBlend', blendOptionTable, given);
}
