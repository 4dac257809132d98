import { type CalendarFeature, type SeriesSet, type StepRanges, splitByTime, type TimeSplit, windows } from '@nt/data';
import { checkParts, holdsWindow } from '../fit/part-windows.ts';
import type { Parts } from '../fit/plan-options.ts';
import { ForecastError } from '../forecast-error.ts';
import { type BlendConfig, type BlendOptions, blendConfig } from './blend-options.ts';
import { calendarOf, type Seasons, seasonsOf } from './seasons.ts';

/** What a blend is going to be, decided by options and data before anything is fitted. */
export interface BlendPlan {
  /** Can be given to `fitBlend` again, and then means the same. */
  readonly config: BlendConfig;
  readonly split: TimeSplit;
  /** Sizes of the parts; null when the split was given. */
  readonly parts: Parts | null;
  readonly seasons: Seasons;
  readonly calendar: readonly CalendarFeature[];
  /** Networks at most: fewer where look-backs are alike, or data too short. */
  readonly networks: number;
  readonly validationWindows: number;
  readonly testWindows: number;
}

/** Kinds of networks of a preset: look-backs, with and without a ridge beside them. */
const kinds = { accurate: 6, fast: 2, reference: 1 } as const;

/**
 * Decides and checks what `fitBlend` is going to do; fits nothing. A validation part that nobody asked for is at least a
 * horizon long: short series shall do without options.
 *
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`, `forecast/no-windows` for a part without a window;
 *   DataError `data/too-short`
 */
export function planBlend(set: SeriesSet, options: BlendOptions): BlendPlan {
  const decided = blendConfig(options);
  const { horizon } = decided;
  const sized = options.split ? null : sizedParts(set, decided, options.validation === undefined);
  const config = sized ? { ...decided, ...sized.parts } : decided;
  const split = options.split ?? sized!.split;
  if (!holdsWindow(split.validation, horizon)) throw noValidation(horizon);
  if (sized) checkParts(split, { validation: 0, test: sized.parts.test }, horizon);
  const isReference = config.preset === 'reference';
  const count = (ranges: StepRanges): number =>
    holdsWindow(ranges, horizon) ? windows(set, { inputSize: 1, horizon, ranges }).count : 0;
  return {
    config,
    split,
    parts: sized?.parts ?? null,
    seasons: seasonsOf(set.frequency),
    calendar: config.calendar ?? (isReference ? [] : calendarOf(set, split.train.ends)),
    networks: kinds[config.preset] * (isReference ? 1 : config.ensemble),
    validationWindows: count(split.validation),
    testWindows: count(split.test),
  };
}

function sizedParts(
  set: SeriesSet,
  { horizon, validation, test }: BlendConfig,
  mayGrow: boolean,
): { readonly parts: Parts; readonly split: TimeSplit } {
  const split = splitByTime(set, { validation, test });
  if (!mayGrow || holdsWindow(split.validation, horizon)) return { parts: { validation, test }, split };
  const parts = { validation: horizon, test };
  return { parts, split: splitByTime(set, parts) };
}

const noValidation = (horizon: number): ForecastError =>
  new ForecastError(
    'forecast/no-windows',
    `The validation part has to hold at least ${horizon} time steps (the horizon) of a series: it weighs the members. Make it larger, or use a smaller horizon.`,
    { part: 'validation', horizon },
  );
