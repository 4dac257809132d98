import { type Command, Option } from 'commander';

/** An option of a library as a flag; what the help says follows from the library's table. */
export interface OptionFlag {
  /** As it is typed, `--lr <rate>`. */
  readonly flag: string;
  /** The library's option that it gives. */
  readonly option: string;
  /** Reads the value; `before` is what the same flag gave when it stood there already. */
  readonly read?: (text: string, before?: never) => unknown;
  /** What the library says of it, and what holds without it. */
  readonly help: string;
  readonly default?: string;
  /** The values that there are: one of them behind the flag. */
  readonly choices?: readonly string[];
  /** Said behind the help: the names that may be followed by settings. */
  readonly names?: readonly string[];
}

/** What is needed of an entry of a library's option table. */
interface TableEntry {
  readonly help: string;
  readonly fallback: string;
  readonly names?: readonly string[];
}

/** A flag for an entry of an option table. `rest` overrides what the command says otherwise. */
export function optionFlag(
  table: Readonly<Record<string, TableEntry>>,
  option: string,
  flag: string,
  rest: Partial<OptionFlag> = {},
): OptionFlag {
  const { help, fallback, names } = table[option]!;
  const isChoice = rest.read === undefined && names !== undefined;
  return {
    flag,
    option,
    help,
    default: fallback,
    ...(isChoice ? { choices: names } : { names: names ?? [] }),
    ...rest,
  };
}

/** What the library calls the option of a flag. */
export const libraryNames: WeakMap<Option, string> = new WeakMap<Option, string>();

/** Adds flags. None has a value unless it is given, so that what was given can be told from what holds without. */
export function addOptionFlags(command: Command, flags: readonly OptionFlag[]): Command {
  for (const { flag, option: library, help, read, choices, names = [], default: without } of flags) {
    const list = names.length === 0 ? '' : `: ${names.join(', ')}`;
    const option = new Option(flag, `${help}${list}${without === undefined ? '' : ` (default: ${without})`}`);
    if (choices) option.choices(choices);
    else if (read) option.argParser<unknown>(read as never);
    libraryNames.set(option, library);
    command.addOption(option);
  }
  return command;
}

/** The values of the flags that were given, under the names of the library's options. */
export function optionsGiven(flags: object, rows: readonly OptionFlag[]): Record<string, unknown> {
  return Object.fromEntries(rowsGiven(flags, rows).map(({ option, value }) => [option, value]));
}

/** The flags that were given, as they are typed: `--lr`. */
export const flagsGiven = (flags: object, rows: readonly OptionFlag[]): readonly string[] =>
  rowsGiven(flags, rows).map(({ flag }) => flag.split(' ')[0]!);

function rowsGiven(flags: object, rows: readonly OptionFlag[]): readonly (OptionFlag & { readonly value: unknown })[] {
  return rows.flatMap((row) => {
    const value = (flags as Record<string, unknown>)[attributeOf(row.flag)];
    // A flag that turns something off is true when it is not there.
    const isGiven = row.flag.startsWith('--no-') ? value === false : value !== undefined;
    return isGiven ? [{ ...row, value }] : [];
  });
}

/** `--val-split <part>` → `valSplit`, as commander calls it. */
const attributeOf = (flag: string): string =>
  flag
    .split(' ')[0]!
    .replace(/^--(no-)?/, '')
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
