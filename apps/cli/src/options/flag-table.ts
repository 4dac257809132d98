import { type Command, Option } from 'commander';
import { integer, names } from './parse-number.ts';

/** An option of a library as a flag. */
export interface FlagRow {
  /** What stands behind the flag: a text as it is, a whole number, names separated by commas, or a name (or several, each behind the flag again). */
  readonly kind: 'text' | 'count' | 'names' | 'columns';
  /** What the help calls it: `column`. */
  readonly value: string;
  readonly help: string;
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

/** Adds the flags of a table. Repeated flags add up where several values make sense; else the last one counts. */
export function addFlags(command: Command, table: FlagTable): Command {
  for (const [option, row] of Object.entries(table)) {
    command.addOption(flagOf(option, row));
    if (row.no !== undefined) command.option(flagName(option).replace('--', '--no-'), row.no);
  }
  return command;
}

/** Signs that a shell swallows, by the words that the command takes for them. */
const signs: Readonly<Record<string, string>> = { tab: '\t', space: ' ' };

/** How a value is written behind a flag. */
export const signWord = (value: string): string =>
  Object.keys(signs).find((word) => signs[word] === value) ?? value;

function flagOf(option: string, { kind, value, help, choices }: FlagRow): Option {
  const flag = new Option(`${flagName(option)} <${value}>`, help);
  if (choices !== undefined) {
    flag.choices(choices.map(signWord));
    const check = flag.parseArg!;
    return flag.argParser((text) => {
      const word = check(signWord(text), undefined) as unknown as string;
      return signs[word] ?? word;
    });
  }
  return flag.argParser<unknown>(readers[kind]);
}

const readers: Readonly<Record<FlagRow['kind'], (text: string, before: unknown) => unknown>> = {
  text: (text) => text,
  count: integer(0),
  names: (text, before) => [...((before as readonly string[] | undefined) ?? []), ...names(text)],
  columns: (text, before) => (before === undefined || before === false ? text : [before, text].flat()),
};
