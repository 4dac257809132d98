import { badOption, checkChoice, checkKeys } from '../check-options.ts';
import type { EpochUnit } from '../time/epoch-time.ts';
import { parseFrequency } from '../time/frequency.ts';
import { zoneOf } from '../time/local-time.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';

/** Column roles and policies, the same for every kind of source. */
export interface SeriesOptions {
  /**
   * Time column. Default: found by name (`ds`, `date`, `timestamp`, `time`, `month` …), else the first column whose
   * cells are ISO times; `false` = there is none, the order of rows counts.
   */
  readonly time?: string | false;
  /** Unit of whole-number times; default by their size, with a notice. */
  readonly timeUnit?: EpochUnit;
  /** Target column; several make one series per column. Default `y`, `target`, or the only column left. */
  readonly target?: string | readonly string[];
  /** Column of series ids (long layout); default `unique_id` or `item_id` when present. Ids are texts: `001` stays `001`. */
  readonly id?: string;
  /** `wide`: every column without another role is a series. */
  readonly layout?: 'wide';
  /** Covariates known up to now. */
  readonly historic?: readonly string[];
  /** Covariates known ahead; rows behind the last target carry their future values. */
  readonly future?: readonly string[];
  /** Covariates that are constant within a series. */
  readonly static?: readonly string[];
  /** Distance of steps, as `parseFrequency` reads it; default found. */
  readonly frequency?: string;
  /**
   * Missing time steps. `auto` (default): gaps that are weekends or holidays keep the order of rows, with a notice; any
   * other gap is an error. `rowOrder` keeps the order of rows always. The others insert the missing steps.
   */
  readonly gaps?: 'auto' | 'error' | 'rowOrder' | 'forward' | 'linear' | 'zero' | 'mask';
  /** Empty cells; default `error`. `linear` looks ahead: inside an input window it may show the next observed value. */
  readonly missing?: 'error' | 'drop' | 'forward' | 'linear' | 'zero' | 'mask';
  /** Rows with the same id and time; default `error`. */
  readonly duplicates?: 'error' | 'last' | 'first' | 'mean';
  /** Rows out of order; default `sort`, with a notice. */
  readonly unsorted?: 'sort' | 'error';
  /** Infinite numbers; default `error`, `mask` treats them as not available. */
  readonly nonFinite?: 'error' | 'mask';
  /** Levels of categorical covariates from an earlier set (`covariates.levels`): other texts count as unseen. */
  readonly levels?: Readonly<Record<string, readonly string[]>>;
  /**
   * IANA zone of times without UTC offset, for example `Europe/Berlin`; default UTC. Times before and after a clock
   * change become instants; one that does not exist is an error. Times with an offset are instants already: of them it
   * says in which zone days are counted and times written (default: the zone whose offsets they are, else UTC).
   */
  readonly timezone?: string;
  /** Format of times that are not ISO 8601, in strptime directives, for example `%d/%m/%Y %H:%M`. */
  readonly timeFormat?: string;
  /** Name of the source in messages and the report. */
  readonly name?: string;
}

export const seriesOptionKeys: readonly string[] = [
  'time',
  'timeUnit',
  'target',
  'id',
  'layout',
  'historic',
  'future',
  'static',
  'frequency',
  'gaps',
  'missing',
  'duplicates',
  'unsorted',
  'nonFinite',
  'levels',
  'timezone',
  'timeFormat',
  'name',
];

/** Throws `data/bad-option` when an option is unknown (unless in `more`) or has no valid value. */
export function checkSeriesOptions(owner: string, options: SeriesOptions, more: readonly string[]): void {
  checkKeys(owner, options, [...seriesOptionKeys, ...more]);
  checkChoice(owner, 'timeUnit', options.timeUnit, ['s', 'ms', 'us', 'ns']);
  checkChoice(owner, 'layout', options.layout, ['wide']);
  checkChoice(owner, 'gaps', options.gaps, ['auto', 'error', 'rowOrder', 'forward', 'linear', 'zero', 'mask']);
  checkChoice(owner, 'missing', options.missing, ['error', 'drop', 'forward', 'linear', 'zero', 'mask']);
  checkChoice(owner, 'duplicates', options.duplicates, ['error', 'last', 'first', 'mean']);
  checkChoice(owner, 'unsorted', options.unsorted, ['sort', 'error']);
  checkChoice(owner, 'nonFinite', options.nonFinite, ['error', 'mask']);
  if (options.timezone !== undefined) zoneOf(options.timezone);
  if (options.timeFormat !== undefined) compileTimeFormat(options.timeFormat);
  if (options.timeFormat !== undefined && options.timeUnit !== undefined)
    throw badOption(owner, 'timeFormat', 'left out when timeUnit is given', options.timeFormat);
  if (options.frequency !== undefined) parseFrequency(options.frequency);
}
