import { badOption, checkChoice, checkKeys, checkText, checkTexts } from '../check-options.ts';
import { decimalSigns, type ThousandsSign, thousandsSigns } from '../csv/parse-number.ts';
import { type TimeUnit, timeUnits } from '../time/epoch-time.ts';
import { parseFrequency } from '../time/frequency.ts';
import { zoneOf } from '../time/local-time.ts';
import { compileTimeFormat } from '../time/parse-formatted-time.ts';

// Types, checks and whoever offers a choice take the policies from here.
/** What can be done about missing time steps, the default first. */
export const gapPolicies = ['auto', 'error', 'rowOrder', 'forward', 'linear', 'zero', 'mask'] as const;
/** What can be done about empty cells, the default first. */
export const missingPolicies = ['error', 'drop', 'forward', 'linear', 'zero', 'mask'] as const;
/** What can be done about rows with the same id and time, the default first. */
export const duplicatePolicies = ['error', 'last', 'first', 'mean'] as const;
/** What can be done about rows out of order, the default first. */
export const unsortedPolicies = ['sort', 'error'] as const;
/** What can be done about infinite numbers, the default first. */
export const nonFinitePolicies = ['error', 'mask'] as const;

/** How the columns of a table are laid out. */
export const layouts = ['wide', 'long', 'crosstab'] as const;

/** Column roles and policies, the same for every kind of source. */
export interface SeriesOptions {
  /**
   * Time column, or the columns that make it up together: `['date', 'hour']`, `['year', 'month', 'day']`. Default: the
   * first column with a name of the field (`ds`, `date`, `timestamp`, `time`, `month` …) whose cells are times, else the
   * first whose cells are; `false` = there is none, the order of rows counts.
   */
  readonly time?: string | readonly string[] | false;
  /** Unit of times that are numbers; default by their size, with a notice. `excel`: days as a spreadsheet counts them, `cocoa`: seconds since 2001. */
  readonly timeUnit?: TimeUnit;
  /**
   * Target column; several make one series per column. Default `y`, `target`, or the only column left. `false` = there is
   * none: every row holds covariates that are known ahead, as `joinFuture` takes them.
   */
  readonly target?: string | readonly string[] | false;
  /** Column of series ids (long layout); default `unique_id` or `item_id` when present. Ids are texts: `001` stays `001`. */
  readonly id?: string;
  /**
   * `wide`: every column without another role is a series. `crosstab`: the names of columns are times, or hours, months or
   * quarters beside a column of days or years, and every cell is a time step; found where it is plain, with a notice.
   * There `time` and `target` also name what the turned table has (`time`, `value`), and `id` may be several columns,
   * `'Province + Country'`. `long`: the table is read as it stands.
   */
  readonly layout?: (typeof layouts)[number];
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
  readonly gaps?: (typeof gapPolicies)[number];
  /** Empty cells; default `error`. `linear` looks ahead: inside an input window it may show the next observed value. */
  readonly missing?: (typeof missingPolicies)[number];
  /** Rows with the same id and time; default `error`. */
  readonly duplicates?: (typeof duplicatePolicies)[number];
  /** Rows out of order; default `sort`, with a notice. */
  readonly unsorted?: (typeof unsortedPolicies)[number];
  /** Infinite numbers; default `error`, `mask` treats them as not available. */
  readonly nonFinite?: (typeof nonFinitePolicies)[number];
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
  /** Decimal sign of numbers in texts; default `.`, in CSV the comma where all numbers of the file show it. */
  readonly decimal?: (typeof decimalSigns)[number];
  /** Sign between thousands in texts; default none. `' '` stands for blanks of every width, `'` for both apostrophes. */
  readonly thousands?: ThousandsSign;
  /** Texts that mean "no value" beside the empty one, NA, N/A, NaN, nan, null, NULL, None and -, which always do. */
  readonly nullValues?: readonly string[];
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
  'decimal',
  'thousands',
  'nullValues',
  'name',
];

/** Throws `data/bad-option` when an option is unknown (unless in `more`) or has no valid value. */
export function checkSeriesOptions(owner: string, options: SeriesOptions, more: readonly string[]): void {
  checkKeys(owner, options, [...seriesOptionKeys, ...more]);
  checkChoice(owner, 'timeUnit', options.timeUnit, timeUnits);
  checkChoice(owner, 'layout', options.layout, layouts);
  checkChoice(owner, 'gaps', options.gaps, gapPolicies);
  checkChoice(owner, 'missing', options.missing, missingPolicies);
  checkChoice(owner, 'duplicates', options.duplicates, duplicatePolicies);
  checkChoice(owner, 'unsorted', options.unsorted, unsortedPolicies);
  checkChoice(owner, 'nonFinite', options.nonFinite, nonFinitePolicies);
  checkChoice(owner, 'decimal', options.decimal, decimalSigns);
  checkChoice(owner, 'thousands', options.thousands, thousandsSigns);
  checkColumns(owner, options);
  if (options.thousands !== undefined && options.thousands === options.decimal)
    throw badOption(owner, 'thousands', 'different from decimal', options.thousands);
  if (options.timezone !== undefined) zoneOf(options.timezone);
  if (options.timeFormat !== undefined) compileTimeFormat(options.timeFormat);
  if (options.timeFormat !== undefined && options.timeUnit !== undefined)
    throw badOption(owner, 'timeFormat', 'left out when timeUnit is given', options.timeFormat);
  if (options.frequency !== undefined) parseFrequency(options.frequency);
}

function checkColumns(owner: string, options: SeriesOptions): void {
  if (Array.isArray(options.time)) checkTexts(owner, 'time', options.time);
  else if (options.time !== false) checkText(owner, 'time', options.time);
  if (Array.isArray(options.time) && options.time.length === 0)
    throw badOption(owner, 'time', 'a column, several, or false', '[]');
  if (Array.isArray(options.target)) checkTexts(owner, 'target', options.target);
  else if (options.target !== false) checkText(owner, 'target', options.target);
  if (options.time === false && options.layout === 'crosstab')
    throw badOption(owner, 'time', 'a name where the layout is a crosstab', false);
  if (options.target === false && (options.future ?? []).length === 0)
    throw badOption(owner, 'future', 'some columns where there is no target', []);
  for (const option of ['id', 'frequency', 'timezone', 'timeFormat', 'name'] as const)
    checkText(owner, option, options[option]);
  for (const option of ['historic', 'future', 'static', 'nullValues'] as const)
    checkTexts(owner, option, options[option]);
  checkLevels(owner, options.levels);
}

/** Throws `data/bad-option` unless levels are lists of texts by column (undefined passes). */
export function checkLevels(owner: string, levels: SeriesOptions['levels']): void {
  if (levels === undefined) return;
  if (typeof levels !== 'object' || levels === null || Array.isArray(levels))
    throw badOption(owner, 'levels', 'texts by column', levels);
  for (const column of Object.keys(levels)) checkTexts(owner, `levels.${column}`, levels[column]);
}
