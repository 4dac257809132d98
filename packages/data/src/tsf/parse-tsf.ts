import { parseNumber } from '../csv/parse-number.ts';
import { DataError } from '../data-error.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import { FaultList } from '../source/fault-list.ts';
import type { RoleTable, SourceTable } from '../source/source-table.ts';
import { advanceTime } from '../time/advance-time.ts';
import { formatFrequency, parseFrequency } from '../time/frequency.ts';
import { parseIsoTime } from '../time/parse-time.ts';
import { readTsfHeader, type TsfHeader } from './tsf-header.ts';
import type { TsfOptions } from './tsf-options.ts';

interface TsfSeries {
  readonly id: string;
  readonly start: number;
  readonly values: Float64Array;
  readonly line: number;
}

/** A `.tsf` file as a table. */
export function parseTsf(name: string, bytes: Uint8Array, options: TsfOptions): RoleTable {
  if (bytes.length === 0)
    throw new DataError('data/empty-file', `${name}: the file is empty (0 bytes).`, { file: name });
  const header = readTsfHeader(name, bytes);
  const faults = new FaultList();
  const series = readSeries(bytes, header, faults);
  if (faults.count > 0) throw faults.toError(name, 'Correct the file.');
  if (series.length === 0) throw new DataError('data/header-only', `${name}: no series follow @data.`, { file: name });
  checkIds(name, series);
  const frequency = options.frequency ?? header.frequency;
  const hasTime = header.attributes.includes('start_timestamp') && frequency !== undefined;
  const table = joinSeries(name, header, series, hasTime ? frequency : undefined);
  const roles: Roles = {
    time: hasTime ? 'start_timestamp' : null,
    id: 'series_name',
    targets: ['value'],
    historic: [],
    future: [],
    static: [],
    unused: table.unusedColumns,
  };
  return { table, roles };
}

function readSeries(bytes: Uint8Array, header: TsfHeader, faults: FaultList): TsfSeries[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const series: TsfSeries[] = [];
  let start = header.dataStart;
  for (let line = header.dataLine; start < bytes.length; line++) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    const record = bytes.subarray(start, end);
    start = end + 1;
    try {
      const text = decoder.decode(record).trim();
      if (text === '' || text.startsWith('#')) continue;
      const one = readRecord(text, line, header, faults);
      if (one) series.push(one);
    } catch {
      faults.add('data/encoding', { line, reason: 'not valid UTF-8; save the file as UTF-8' });
    }
  }
  return series;
}

function readRecord(text: string, line: number, header: TsfHeader, faults: FaultList): TsfSeries | undefined {
  const parts = text.split(':');
  const count = header.attributes.length;
  if (parts.length !== count + 1) {
    // A clock written with colons would shift the fields: the archive writes 12-00-00.
    faults.add('data/ragged-row', {
      line,
      value: text.slice(0, 60),
      reason: `expected ${count + 1} parts between colons, found ${parts.length}: "${text.slice(0, 60)}…"`,
    });
    return undefined;
  }
  const id = parts[header.attributes.indexOf('series_name')] ?? `T${line}`;
  const stamp = parts[header.attributes.indexOf('start_timestamp')];
  const start = stamp === undefined ? 0 : readStamp(stamp);
  if (Number.isNaN(start))
    faults.add('data/bad-time', {
      line,
      column: 'start_timestamp',
      value: stamp!,
      reason: `"${stamp}" is not a time (expected for example 2015-07-01 12-00-00)`,
    });
  const cells = parts[count]!.split(',');
  const values = new Float64Array(cells.length);
  for (let k = 0; k < cells.length; k++) {
    const cell = cells[k]!.trim();
    const value = cell === '?' || cell === 'NaN' ? Number.NaN : parseNumber(cell, { decimal: '.' });
    if (value === undefined)
      faults.add('data/bad-number', {
        line,
        column: `value ${k + 1}`,
        value: cell,
        reason: `"${cell}" is not a number`,
      });
    else values[k] = value;
  }
  return { id, start, values, line };
}

/** `2015-07-01 12-00-00`: the archive writes clocks with hyphens. */
function readStamp(text: string): number {
  const bytes = new TextEncoder().encode(text.trim().replace(/ (\d\d)-(\d\d)-(\d\d)$/, ' $1:$2:$3'));
  return parseIsoTime(bytes, 0, bytes.length, { hasZone: false, offset: 0, droppedDigits: false });
}

function checkIds(name: string, series: readonly TsfSeries[]): void {
  const lines = new Map<string, number>();
  for (const { id, line } of series) {
    const earlier = lines.get(id);
    if (earlier !== undefined) {
      const message = `${name}: series '${id}' appears twice (lines ${earlier} and ${line}); names must differ.`;
      throw new DataError('data/duplicate-series', message, { file: name, line, series: id });
    }
    lines.set(id, line);
  }
}

function joinSeries(
  name: string,
  header: TsfHeader,
  series: readonly TsfSeries[],
  frequencyText: string | undefined,
): SourceTable {
  const rows = series.reduce((sum, one) => sum + one.values.length, 0);
  const values = new Float64Array(rows);
  const codes = new Int32Array(rows);
  const time = frequencyText === undefined ? null : new Float64Array(rows);
  const frequency = frequencyText === undefined ? undefined : parseFrequency(frequencyText);
  let row = 0;
  for (const [index, one] of series.entries()) {
    values.set(one.values, row);
    codes.fill(index, row, row + one.values.length);
    if (time)
      for (let step = 0; step < one.values.length; step++) time[row + step] = advanceTime(one.start, frequency!, step);
    row += one.values.length;
  }
  const notices = [
    ...(header.horizon === undefined ? [] : [`the file names a horizon of ${header.horizon}`]),
    ...(frequency === undefined || header.frequency === undefined
      ? []
      : [`frequency ${formatFrequency(frequency)} as the file says`]),
  ];
  return {
    name,
    format: 'tsf',
    rows,
    time,
    timeHasZone: false,
    isShared: false,
    numbers: new Map([['value', values]]),
    texts: new Map([['series_name', { codes, names: series.map((one) => one.id) }]]),
    lineOf: (at) => series[codes[at]!]!.line,
    ...(frequencyText === undefined ? {} : { declaredFrequency: frequencyText }),
    rowsRead: rows,
    rowsRejected: 0,
    rejected: [],
    unusedColumns: header.attributes.filter(
      (attribute) => attribute !== 'series_name' && attribute !== 'start_timestamp',
    ),
    notices,
  };
}
