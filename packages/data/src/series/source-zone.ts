import { remedy } from '../remedy.ts';
import type { SourceTable } from '../source/source-table.ts';
import { findZone } from '../time/find-zone.ts';
import { offsetName } from '../time/local-time.ts';
import { findTimeForm, type TimeForm } from '../time/time-form.ts';
import type { SeriesOptions } from './series-options.ts';

/** Zone and spelling of the times of a source. */
export interface SourceZone {
  readonly form: TimeForm;
  readonly notices: readonly string[];
}

/**
 * The zone of the times: as told, else the offset that they were written with; where offsets vary, the zone that has
 * them. Null for times without offset.
 *
 * @param isLocal the times were local ones, read in the told zone
 */
export function findSourceZone(table: SourceTable, isLocal: boolean, options: SeriesOptions): SourceZone {
  const notices: string[] = [];
  const zone = zoneOfTable(table, options, notices);
  const form = findTimeForm(table.time ?? [], {
    texts: table.timeTexts ?? [],
    told: table.timeFormat ?? options.timeFormat,
    zone,
    isZoneTold: isLocal,
  });
  return { form, notices };
}

function zoneOfTable(table: SourceTable, options: SeriesOptions, notices: string[]): string | null {
  if (table.time === null || !table.timeHasZone) return null;
  if (options.timezone !== undefined) return options.timezone;
  if (table.timeZone !== undefined) return table.timeZone;
  if (table.utcOffset !== 'varying') return offsetName(table.utcOffset ?? 0);
  const zone = table.offsetRuns && findZone(table.time, table.offsetRuns);
  notices.push(
    zone === undefined
      ? `times are written with several UTC offsets, which are those of no zone; they are counted and written in UTC, unless you pass ${remedy('timezone', 'Europe/Berlin')} (or what their zone is)`
      : `UTC offsets of the times are those of ${zone}, in whose local time they are counted and written`,
  );
  return zone ?? 'Z';
}
