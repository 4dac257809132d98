import type { TableOptions } from '@nt/data/node';
import type { FlagRow } from './flag-table.ts';

/** Options of `readTable` that are no flags: a model brings the levels, the file its name; rows come from programs only. */
type NoFlag = 'levels' | 'name' | 'staticRows';
/** An option of the readers of @nt/data that is a flag. */
export type ReaderOption = Exclude<keyof TableOptions, NoFlag>;
/** What the flags say about a file. */
export type ReaderFlags = Pick<TableOptions, ReaderOption>;

type Rows = Readonly<Partial<Record<ReaderOption, FlagRow>>>;

/** What the columns of a file are. */
export const columnFlags = {
  target: { kind: 'columns', value: 'column', help: 'column to forecast; several, each behind the flag again, are a series each' },
  time: {
    kind: 'columns',
    value: 'column',
    help: 'column with the time (default: found by name and content)',
    no: 'there is no time, the order of rows counts',
  },
  id: { kind: 'text', value: 'column', help: 'column that names the series, when the file holds several' },
  layout: { kind: 'text', value: 'form', choices: ['wide'], help: 'every column without another role is a series' },
  historic: { kind: 'names', value: 'columns', help: 'covariates known up to now, separated by commas' },
  future: { kind: 'names', value: 'columns', help: 'covariates known ahead of time, separated by commas' },
  static: { kind: 'names', value: 'columns', help: 'covariates of a series, separated by commas' },
} as const satisfies Rows;

/** What is done about times, steps and cells that are not as a series needs them. */
export const policyFlags = {
  frequency: { kind: 'text', value: 'step', help: "distance of time steps: hour, '15 minutes', business-day (default: found)" },
  gaps: { kind: 'text', value: 'policy', help: 'missing time steps (default: auto)', choices: ['auto', 'error', 'rowOrder', 'forward', 'linear', 'zero', 'mask'] },
  missing: { kind: 'text', value: 'policy', help: 'empty cells (default: error)', choices: ['error', 'drop', 'forward', 'linear', 'zero', 'mask'] },
  nonFinite: { kind: 'text', value: 'policy', help: 'infinite numbers (default: error)', choices: ['error', 'mask'] },
  duplicates: { kind: 'text', value: 'policy', help: 'rows with the same time (default: error)', choices: ['error', 'last', 'first', 'mean'] },
  unsorted: { kind: 'text', value: 'policy', help: 'rows out of order (default: sort)', choices: ['sort', 'error'] },
  badRows: { kind: 'text', value: 'policy', help: 'rows that cannot be read (default: error)', choices: ['error', 'reject'] },
} as const satisfies Rows;

/** How times, numbers and lines are written. */
export const spellingFlags = {
  timeFormat: { kind: 'text', value: 'format', help: "how times are written, as strptime says it: '%d/%m/%Y %H:%M'" },
  timeUnit: { kind: 'text', value: 'unit', help: 'what whole numbers count that are times', choices: ['s', 'ms', 'us', 'ns'] },
  timezone: { kind: 'text', value: 'zone', help: 'zone of times without offset, Europe/Berlin (default: UTC)' },
  decimal: { kind: 'text', value: 'sign', help: 'decimal sign (default: .)', choices: ['.', ','] },
  nullValues: { kind: 'names', value: 'texts', help: 'texts that mean "no value", separated by commas' },
  delimiter: { kind: 'text', value: 'sign', help: 'what stands between cells (default: found)', choices: [',', ';', '\t', '|'] },
} as const satisfies Rows;

/** Every flag of the readers, by the option that it gives. */
export const readerFlags = { ...columnFlags, ...policyFlags, ...spellingFlags } satisfies Record<ReaderOption, FlagRow>;

/** The part of some flags that the readers take; only what is given, so that nothing overrides a default. */
export function readerFlagsOf(flags: Partial<ReaderFlags>): ReaderFlags {
  const given = Object.keys(readerFlags).filter((option) => flags[option as ReaderOption] !== undefined);
  return Object.fromEntries(given.map((option) => [option, flags[option as ReaderOption]]));
}
