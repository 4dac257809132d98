import {
  badRowPolicies,
  decimalSigns,
  delimiters,
  duplicatePolicies,
  encodings,
  gapPolicies,
  layouts,
  missingPolicies,
  nonFinitePolicies,
  thousandsSigns,
  timeUnits,
  unsortedPolicies,
} from '@nt/data';
import type { TableOptions } from '@nt/data/node';
import type { FlagRow } from './flag-table.ts';

/** Options of `readTable` that are no flags: a model brings the levels, the file its name; rows come from programs only. */
type NoFlag = 'levels' | 'name' | 'staticRows';
/** An option of the readers of @nt/data that is a flag. */
export type ReaderOption = Exclude<keyof TableOptions, NoFlag>;
/** What the flags say about a file. */
export type ReaderFlags = Pick<TableOptions, ReaderOption>;

type ColumnOption = 'sql' | 'target' | 'time' | 'id' | 'layout' | 'historic' | 'future' | 'static';
type PolicyOption = 'frequency' | 'gaps' | 'missing' | 'nonFinite' | 'duplicates' | 'unsorted' | 'badRows';
type SpellingOption = Exclude<ReaderOption, ColumnOption | PolicyOption>;
type Rows<Name extends string> = Readonly<Record<Name, FlagRow>>;

/** What the columns of a file are. */
export const columnFlags: Rows<ColumnOption> = {
  sql: {
    kind: 'text',
    value: 'query',
    help: 'ask DuckDB, which is installed beside nt: SELECT ds, y FROM data (what -d holds, CSV as texts: y::DOUBLE; in a .duckdb file each table has its name)',
  },
  target: {
    kind: 'columns',
    value: 'column',
    help: 'column to forecast; several, each behind the flag again, are a series each',
  },
  time: {
    kind: 'columns',
    value: 'column',
    help: 'column with the time',
    default: 'found by name and content',
    no: 'there is no time, the order of rows counts',
  },
  id: { kind: 'column', value: 'column', help: 'column that names the series, when the file holds several' },
  layout: {
    kind: 'text',
    value: 'form',
    choices: layouts,
    help: 'wide: every column without another role is a series; crosstab: hours, months or dates go across, every cell is a time step; long: neither',
    default: 'crosstab where it is plain, else long',
  },
  historic: { kind: 'names', value: 'columns', help: 'covariates known up to now, separated by commas' },
  future: { kind: 'names', value: 'columns', help: 'covariates known ahead of time, separated by commas' },
  static: { kind: 'names', value: 'columns', help: 'covariates of a series, separated by commas' },
};

/** What is done about times, steps and cells that are not as a series needs them. */
export const policyFlags: Rows<PolicyOption> = {
  frequency: {
    kind: 'text',
    value: 'step',
    help: "distance of time steps: hour, '15 minutes', business-day",
    default: 'found',
  },
  gaps: { kind: 'policy', value: 'policy', choices: gapPolicies, help: 'missing time steps' },
  missing: { kind: 'policy', value: 'policy', choices: missingPolicies, help: 'empty cells' },
  nonFinite: { kind: 'policy', value: 'policy', choices: nonFinitePolicies, help: 'infinite numbers' },
  duplicates: { kind: 'policy', value: 'policy', choices: duplicatePolicies, help: 'rows with the same time' },
  unsorted: { kind: 'policy', value: 'policy', choices: unsortedPolicies, help: 'rows out of order' },
  badRows: { kind: 'policy', value: 'policy', choices: badRowPolicies, help: 'rows that cannot be read' },
};

/** How times, numbers and lines are written. */
export const spellingFlags: Rows<SpellingOption> = {
  timeFormat: { kind: 'text', value: 'format', help: "how times are written, as strptime says it: '%d/%m/%Y %H:%M'" },
  timeUnit: {
    kind: 'text',
    value: 'unit',
    choices: timeUnits,
    help: 'what times count that are numbers',
    default: 'found by their size',
  },
  timezone: { kind: 'text', value: 'zone', help: 'zone of times without offset, Europe/Berlin', default: 'UTC' },
  decimal: { kind: 'text', value: 'sign', choices: decimalSigns, help: 'decimal sign', default: 'found, else .' },
  thousands: {
    kind: 'text',
    value: 'sign',
    choices: thousandsSigns,
    help: 'sign that groups the digits of large numbers',
    default: 'none',
  },
  nullValues: {
    kind: 'names',
    value: 'texts',
    help: 'texts that mean "no value", beside the empty cell, NA, null and the like; separated by commas',
  },
  delimiter: { kind: 'text', value: 'sign', choices: delimiters, help: 'what stands between cells', default: 'found' },
  header: {
    kind: 'switch',
    help: 'the first line holds names',
    no: 'the first line holds values: columns are column1, column2 …',
  },
  skipRows: { kind: 'count', value: 'lines', help: 'lines above the header to leave out', default: '0' },
  comment: { kind: 'text', value: 'sign', help: 'lines that begin with it are left out, #', default: 'none' },
  encoding: {
    kind: 'text',
    value: 'name',
    choices: encodings,
    help: 'how letters are stored',
    default: 'utf-8, or utf-16 where it shows',
  },
};

/** Every flag of the readers, by the option that it gives. */
export const readerFlags: Rows<ReaderOption> = { ...columnFlags, ...policyFlags, ...spellingFlags };

/** The part of some flags that the readers take; only what is given, so that nothing overrides a default. */
export function readerFlagsOf(flags: Partial<ReaderFlags>): ReaderFlags {
  const given = Object.keys(readerFlags).filter((option) => flags[option as ReaderOption] !== undefined);
  return Object.fromEntries(given.map((option) => [option, flags[option as ReaderOption]]));
}
