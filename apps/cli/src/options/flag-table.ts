import { type Command, InvalidArgumentError, Option } from 'commander';
import { integer, names } from './parse-number.ts';
import { each, kindOf, oneOrMore, reading } from './value-kind.ts';

/** An option of a library as a flag. */
export interface FlagRow {
  /**
   * What stands behind the flag: a text as it is, one of the policies that there are (the first is the default), a whole
   * number, names separated by commas, a name (of several, each behind the flag again), or one name that may not be told
   * twice. A `switch` has nothing behind it.
   */
  readonly kind: 'text' | 'policy' | 'count' | 'names' | 'columns' | 'column' | 'switch';
  /** What the help calls the value: `column`. */
  readonly value?: string;
  readonly help: string;
  /** What holds when the flag is not given, in words; of a policy its first choice. */
  readonly default?: string;
  /** The texts that there are. */
  readonly choices?: readonly string[];
  /** The option can be false: what the help says about `--no-…`. */
  readonly no?: string;
}

/** Options by name. The flag of `timeFormat` is `--time-format`. */
export type FlagTable = Readonly<Record<string, FlagRow>>;

/** `timeFormat` → `--time-format`. */
export const flagName = (option: string): string =>
  `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `header` → `--no-header`. */
export const noFlagName = (option: string): string => flagName(option).replace('--', '--no-');

/**
 * Adds the flags of a table. Repeated flags add up where several values make sense; else the last one counts.
 *
 * @param hasDefaults whether the help tells what holds without a flag; false where a model remembers it
 */
export function addFlags(command: Command, table: FlagTable, hasDefaults: boolean): Command {
  for (const [option, row] of Object.entries(table)) {
    command.addOption(flagOf(option, row, hasDefaults));
    if (row.no !== undefined) command.option(noFlagName(option), row.no);
  }
  return command;
}

/** Signs that a shell swallows, by the words that the command takes for them. */
const signs: Readonly<Record<string, string>> = { tab: '\t', space: ' ' };

/** How a value is written behind a flag. */
export const signWord = (value: string): string => Object.keys(signs).find((word) => signs[word] === value) ?? value;

function flagOf(option: string, row: FlagRow, hasDefault: boolean): Option {
  const { kind, value, help, choices } = row;
  const without = row.default ?? (kind === 'policy' ? choices?.[0] : undefined);
  const ending = hasDefault && without !== undefined ? ` (default: ${without})` : '';
  const flag = new Option(`${flagName(option)}${value === undefined ? '' : ` <${value}>`}`, `${help}${ending}`);
  if (kind === 'switch') return flag;
  if (choices === undefined) return flag.argParser<unknown>(readers[kind]);
  flag.choices(choices.map(signWord));
  const check = flag.parseArg!;
  return flag.argParser((text) => {
    const word = check(signWord(text), undefined) as unknown as string;
    return signs[word] ?? word;
  });
}

const readers: Readonly<Record<Exclude<FlagRow['kind'], 'switch'>, (text: string, before: unknown) => unknown>> = {
  text: (text) => text,
  policy: (text) => text,
  count: integer(0),
  names: reading(
    (text: string, before: unknown) => [...((before as readonly string[] | undefined) ?? []), ...names(text)],
    kindOf(names).schema,
    kindOf(names).words,
  ),
  column: (text, before) => {
    if (before === undefined || before === text) return text;
    const both = `It is one column, found also ${String(before)}. Write both into one column of the file`;
    throw new InvalidArgumentError(`${both} (${String(before)} ${text}), so that no series hides another.`);
  },
  columns: reading(
    (text: string, before: unknown) => (before === undefined || before === false ? text : [before, text].flat()),
    oneOrMore({ type: 'string' }),
    (value) => each(value).map(String),
  ),
};
