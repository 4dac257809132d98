import { badOption, checkChoice, checkKeys, checkTexts, checkWhole } from '../check-options.ts';
import { checkSet } from '../series/check-set.ts';
import { extendRows } from '../series/extend-rows.ts';
import { type Covariates, type SeriesSet, timeAt } from '../series/series-set.ts';
import { toLocal } from '../time/write-format.ts';
import { type CalendarFeature, calendarPeriods, calendarPosition } from './calendar-feature.ts';

/** Which calendar features become covariates that are known ahead. */
export interface AddCalendarOptions {
  readonly features: readonly CalendarFeature[];
  /**
   * `cyclic` (default): two columns, sine and cosine, so that the last position lies next to the first. `ordinal`: one
   * column from −0.5 to 0.5.
   */
  readonly encoding?: 'cyclic' | 'ordinal';
  /** Time steps to prepare behind the last value, for forecasts; default 0. Must be 0 when other covariates are known ahead. */
  readonly horizon?: number;
  /** Adds a column that is 1 on holidays; the time is that of the step in the zone of the set, its
   * local date and clock as milliseconds since the epoch. */
  readonly isHoliday?: (time: number) => boolean;
}

/**
 * Adds calendar features to the covariates known ahead. They follow from the times alone, so nothing leaks. Hours and
 * days are those of the zone of the set (UTC where it has none).
 *
 * @throws DataError `data/bad-option` when the set has no times
 */
export function addCalendar(set: SeriesSet, options: AddCalendarOptions): SeriesSet {
  checkSet('addCalendar', set);
  checkKeys('addCalendar', options, ['features', 'encoding', 'horizon', 'isHoliday']);
  checkChoice('addCalendar', 'encoding', options.encoding, ['cyclic', 'ordinal']);
  checkTexts('addCalendar', 'features', options.features ?? null);
  if (options.isHoliday !== undefined && typeof options.isHoliday !== 'function')
    throw badOption('addCalendar', 'isHoliday', 'a function of a time', options.isHoliday);
  for (const feature of options.features) checkChoice('addCalendar', 'features', feature, Object.keys(calendarPeriods));
  const { horizon = 0 } = options;
  checkWhole('addCalendar', 'horizon', horizon, 0);
  if (set.frequency.unit === 'row')
    throw badOption('addCalendar', 'features', 'left out, since the data have no time column', options.features.join());
  if (horizon > 0 && set.future !== null)
    throw badOption('addCalendar', 'horizon', '0 when the set has future covariates: their rows decide', horizon);
  const extended = horizon === 0 ? set : extendRows(set, horizon);
  return { ...extended, future: joinColumns(extended, options) };
}

function joinColumns(set: SeriesSet, options: AddCalendarOptions): Covariates {
  const columns = columnsOf(options);
  const rows = contextRows(set);
  const old = set.future;
  const oldWidth = old?.names.length ?? 0;
  const width = oldWidth + columns.length;
  const values = new Float64Array(rows * width);
  for (let row = 0; row < rows && old; row++) {
    for (let column = 0; column < oldWidth; column++)
      values[row * width + column] = old.values[row * oldWidth + column]!;
  }
  let done = 0;
  for (let series = 0; series < set.ids.length; series++) {
    const first = set.contextOffsets[series]!;
    const count = set.offsets[series + 1]! - set.offsets[series]!;
    if (first + count <= done) continue;
    for (let step = 0; step < count; step++) {
      const time = toLocal(timeAt(set, series, step), set.timeForm.zone);
      for (let column = 0; column < columns.length; column++)
        values[(first + step) * width + oldWidth + column] = columns[column]!.read(time);
    }
    done = first + count;
  }
  return {
    names: [...(old?.names ?? []), ...columns.map((column) => column.name)],
    values,
    categorical: [...(old?.categorical ?? []), ...columns.map(() => true)],
    levels: old?.levels ?? {},
  };
}

function columnsOf({
  features,
  encoding = 'cyclic',
  isHoliday,
}: AddCalendarOptions): { name: string; read: (time: number) => number }[] {
  const columns = features.flatMap((feature) => {
    const period = calendarPeriods[feature];
    if (encoding === 'ordinal')
      return [{ name: feature, read: (time: number) => calendarPosition(feature, time) / (period - 1) - 0.5 }];
    const column = (wave: 'sin' | 'cos') => {
      const values = Float64Array.from({ length: period }, (_, position) =>
        Math[wave]((2 * Math.PI * position) / period),
      );
      return { name: `${feature}.${wave}`, read: (time: number) => values[calendarPosition(feature, time)]! };
    };
    return [column('sin'), column('cos')];
  });
  return isHoliday ? [...columns, { name: 'holiday', read: (time) => (isHoliday(time) ? 1 : 0) }] : columns;
}

function contextRows(set: SeriesSet): number {
  let rows = 0;
  for (let series = 0; series < set.ids.length; series++)
    rows = Math.max(rows, set.contextOffsets[series]! + set.offsets[series + 1]! - set.offsets[series]!);
  return rows;
}
