import { ForecastError } from '../forecast-error.ts';
import { checkKeys } from './check-keys.ts';

/**
 * All that is to be known of an option, told once: type, keys, default, check and help follow from it.
 *
 * `Given` is what a caller may write, `Decided` what it becomes: JSON, so that it can be saved, sent and compared.
 */
export interface Option<Given, Decided> {
  /** What it is, in a line. */
  readonly help: string;
  /** What holds when it is not given; words where that depends on other options. */
  readonly fallback: string;
  /** The names that it may have, where those are known. */
  readonly names?: readonly string[];
  /**
   * @param before the options of the table that stand before this one, decided
   * @throws ForecastError `forecast/option`
   */
  decide(name: string, given: Given | undefined, before: Readonly<Record<string, unknown>>): Decided;
}

/** Options by name, in the order in which they are decided. */
export type OptionTable = Readonly<Record<string, Option<unknown, unknown>>>;

/** What a caller may write for a table. */
export type GivenOptions<Table> = {
  readonly [Name in keyof Table]?: Table[Name] extends Option<infer Given, unknown> ? Given | undefined : never;
};

/** A table with everything decided. */
export type DecidedOptions<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Option<never, infer Decided> ? Decided : never;
};

/**
 * Fills in what was not said (absent, undefined or null), and checks everything. What comes out can be given again and
 * then stays as it is: plans travel as JSON.
 *
 * @throws ForecastError `forecast/unknown-option`, `forecast/option`
 */
export function decideOptions<Table extends object>(
  owner: string,
  table: Table,
  given: GivenOptions<Table>,
): DecidedOptions<Table> {
  checkKeys(owner, given, Object.keys(table));
  const decided: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table as OptionTable)) {
    decided[name] = option.decide(name, (given as Readonly<Record<string, unknown>>)[name] ?? undefined, decided);
  }
  return decided as DecidedOptions<Table>;
}

/** An option whose value is not what was expected. */
export function badOption(option: string, expected: string, received: unknown): ForecastError {
  return new ForecastError('forecast/option', `${option}: expected ${expected}, got ${quoted(received)}.`, {
    option,
    received,
  });
}

const bigintAsText = (_: string, member: unknown): unknown => (typeof member === 'bigint' ? `${member}n` : member);

const quoted = (value: unknown): string => {
  if (typeof value === 'number' || value === undefined) return String(value);
  // JSON.stringify throws at a bigint, wherever it stands.
  const text = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value, bigintAsText) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)} …` : text;
};
