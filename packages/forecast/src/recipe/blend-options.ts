import { type CalendarFeature, calendarFeatures, type TimeSplit } from '@nt/data';
import type { CheckpointStorage, Logger, TrainEvent } from '@nt/trainer';
import { partOptionTable } from '../fit/plan-options.ts';
import { checkName } from '../options/choice.ts';
import { flagOption, nameOption } from '../options/choice-options.ts';
import { wholeNumber } from '../options/number-options.ts';
import { badOption, type DecidedOptions, decideOptions, type GivenOptions, type Option } from '../options/option.ts';
import type { MemberReport, RefitReport } from './member-report.ts';

/** How much is spent on a blend. */
export const blendPresets = ['accurate', 'fast', 'reference'] as const;
/** One of `blendPresets`. */
export type BlendPreset = (typeof blendPresets)[number];

const calendarOption: Option<readonly CalendarFeature[] | null, readonly CalendarFeature[] | null> = {
  help: 'calendar features that the networks are told',
  fallback: 'by frequency and length',
  names: calendarFeatures,
  decide: (name, given) => {
    if (given === undefined || given === null) return null;
    if (!Array.isArray(given)) throw badOption(name, `a list of ${calendarFeatures.join(', ')}`, given);
    for (const feature of given) checkName(name, feature, calendarFeatures);
    return given;
  },
};

/** Seeds of networks are `100 seed + index`: so many of six kinds do not reach the next seed's. */
const mostSeeds = 16;

/** What a blend leaves to choose: every option once. All else follows from the data. */
export const blendOptionTable = {
  /** Time steps forecast at once, an integer ≥ 1. */
  horizon: wholeNumber({ help: 'time steps forecast at once', min: 1, default: () => Number.NaN }),
  /**
   * `accurate` (default): six networks and ridges; `fast`: two smaller networks that train a quarter as long; `reference`:
   * network as neuralforecast 3.3 trains it, without a choice, to compare with.
   */
  preset: nameOption({ help: 'how much is spent', names: blendPresets, default: 'accurate' }),
  /** Updates of each network at most, in cycles of about 1,000; default 2,000, 500 with `fast`, 1,000 with `reference`. */
  maxUpdates: wholeNumber({
    help: 'updates of each network at most',
    min: 1,
    default: ({ preset }) => (preset === 'fast' ? 500 : preset === 'reference' ? 1000 : 2000),
    otherwise: '2000, 500 with fast, 1000 with reference',
  }),
  /** Calendar features that the networks are told; default by frequency and length of the training part. */
  calendar: calendarOption,
  /** Networks of each kind, which differ by their seeds only. */
  ensemble: wholeNumber({ help: 'networks of each kind, of different seeds', min: 1, max: mostSeeds, default: 1 }),
  /**
   * Trains the chosen members once more on training and validation part together, with the number of updates that was best,
   * and solves ridges again; weights and intervals stay those of the first fit. Up to twice the time. Default false.
   */
  refitWithValidation: flagOption({
    help: 'train what validation chose once more, on the validation part too',
    default: false,
  }),
  ...partOptionTable,
  /** Of initial weights and order of windows. Same seed, data and engine: same bits. */
  seed: wholeNumber({ help: 'of initial weights and order of windows', min: 0, default: 1 }),
};

type Table = typeof blendOptionTable;

/** What happens while a blend is made. */
export type BlendEvent =
  | {
      readonly type: 'member-start';
      readonly member: string;
      /** From 0. */
      readonly index: number;
      /** Members in all; null before the ridge has told the look-backs. */
      readonly count: number | null;
    }
  | { readonly type: 'training'; readonly member: string; readonly event: TrainEvent }
  | { readonly type: 'member-end'; readonly report: Omit<MemberReport, 'weight'> }
  /** With `refitWithValidation`, of `count` members that have a share and are not rules. */
  | { readonly type: 'refit-start'; readonly member: string; readonly index: number; readonly count: number }
  | ({ readonly type: 'refit-end' } & RefitReport);

/** How a blend is made. */
export interface BlendOptions extends Omit<GivenOptions<Table>, 'horizon'> {
  readonly horizon: number;
  /** Parts made elsewhere; `validation` and `test` are then left out. It needs a validation part. */
  readonly split?: TimeSplit | undefined;
  /** No further member is begun; those that were finished are blended, and `stopped` says so. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Where the checkpoints of each network go, a storage for each: `(member) => nodeStorage(join(folder, member))`.
   * Default nowhere.
   *
   * @param member a name for a folder: `nhits-48`, `nhits-48-ridge-336`, `nhits-48-again`
   */
  readonly checkpoints?: ((member: string) => CheckpointStorage) | undefined;
  /** Updates between checkpoints; default: as the trainer's. */
  readonly checkpointEvery?: number | undefined;
  /** Goes on from the checkpoints: networks that were finished are not trained again. The bits are those of one go. */
  readonly resume?: boolean | undefined;
  /** Hears the losses of each network, named as its storage; default nobody. */
  readonly loggers?: ((member: string) => readonly Logger[] | Promise<readonly Logger[]>) | undefined;
  /** Updates between two readings of the training loss; default: as the trainer's. */
  readonly logEvery?: number | undefined;
  /** Is told of each member as it is trained and judged. */
  readonly onEvent?: ((event: BlendEvent) => void) | undefined;
}

/** Every option decided; JSON. */
export type BlendConfig = DecidedOptions<Table>;

/** @throws ForecastError `forecast/option`, `forecast/unknown-option` */
export function blendConfig(options: BlendOptions): BlendConfig {
  const { split, signal, onEvent, checkpoints, checkpointEvery, resume, loggers, logEvery, ...given } = options;
  if (resume && checkpoints === undefined) throw badOption('resume', 'checkpoints beside it, to go on from', resume);
  if (given.horizon === undefined) throw badOption('horizon', 'an integer >= 1', undefined);
  if (split !== undefined && (given.validation !== undefined || given.test !== undefined)) {
    throw badOption('split', 'no validation and test beside it, since it has these parts', {
      validation: given.validation,
      test: given.test,
    });
  }
  return decideOptions('fitBlend', blendOptionTable, given);
}
