import { type Command, InvalidArgumentError, type Option } from 'commander';
import { UsageError } from '../usage-error.ts';
import { checkSettings, unknownSetting } from './check-settings.ts';
import { type ConfigOption, configOptions, fallbackOf, takesValue, valueKind } from './option-schema.ts';
import { readConfig } from './read-config.ts';
import type { Setting } from './setting.ts';

/**
 * Gives a verb the options of `--config`, unless a flag says otherwise, and then those of `--set`. All are checked by the
 * verb's schema and read by its flags.
 *
 * @throws UsageError naming file, path and what was expected
 */
export async function applySettings(command: Command, verbs: readonly string[]): Promise<void> {
  const { config, set = [] } = command.opts<{ readonly config?: string; readonly set?: readonly Setting[] }>();
  if (config === undefined && set.length === 0) return;
  const options = configOptions(command);
  if (config !== undefined) {
    const origin = `--config ${config}`;
    const { $schema: _, ...given } = await readConfig(config, command.name(), verbs);
    checkSettings(command, given, origin);
    for (const [name, value] of Object.entries(given)) {
      if (command.getOptionValueSource(name) === 'cli') continue;
      assign(command, options.find((option) => option.name === name)!, value, origin);
    }
  }
  for (const one of set) applyOne(command, options, one);
}

function applyOne(command: Command, options: readonly ConfigOption[], { path, text }: Setting): void {
  const origin = `--set ${path.join('.')}=${text}`;
  const [name, ...rest] = path as [string, ...string[]];
  const option = options.find((one) => one.name === name);
  if (!option) throw unknownSetting(origin, name, options);
  const isWhole = rest.length === 0;
  const value = isWhole
    ? wholeValue(option, text)
    : changed(baseOf(command, option, origin), rest, jsonOr(text), origin);
  // A text behind `--set` is one behind the flag, whose reader checks it.
  if (!isWhole || typeof value !== 'string') checkSettings(command, { [name]: value }, origin);
  assign(command, option, value, origin);
}

/** What `--set` changes a part of: an object with options, or a name that has some. */
function baseOf(command: Command, option: ConfigOption, origin: string): unknown {
  const value: unknown = command.getOptionValue(option.name) ?? fallbackChoice(option);
  const base = value === true || value === undefined ? {} : value;
  if (typeof base === 'object' && !Array.isArray(base)) return base;
  throw new UsageError(`${origin}: '${option.name}' has no options of its own.`);
}

/** The default of a choice, `adamw`, of which the help tells. */
function fallbackChoice(option: ConfigOption): unknown {
  const name = fallbackOf(option);
  const names = (option.schema as { readonly choices?: readonly string[] }).choices;
  if (names === undefined) return takesObject(option) ? {} : '';
  return { name: name !== undefined && names.includes(name) ? name : names[0] };
}

const takesObject = ({ schema }: ConfigOption): boolean => JSON.stringify(schema).includes('"type":"object"');

function changed(base: unknown, path: readonly string[], value: unknown, origin: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof base !== 'object' || base === null || Array.isArray(base))
    throw new UsageError(`${origin}: '${key}' is no part of ${JSON.stringify(base)}.`);
  const table = base as Record<string, unknown>;
  return { ...table, [key]: changed(table[key] ?? {}, rest, value, origin) };
}

/** A text as it would stand behind the flag; true and false where there is nothing behind it. */
function wholeValue({ flag, off }: ConfigOption, text: string): unknown {
  const isSwitch = flag === undefined || !takesValue(flag) || (off !== undefined && text === 'false');
  return isSwitch || (flag.optional && text === 'true') ? jsonOr(text) : text;
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Sets an option as its flag would. */
function assign(command: Command, { name, flag }: ConfigOption, value: unknown, origin: string): void {
  const isSwitch = typeof value === 'boolean';
  command.setOptionValueWithSource(name, isSwitch ? value : read(flag!, name, value, origin), 'config');
}

function read(flag: Option, name: string, value: unknown, origin: string): unknown {
  const words = typeof value === 'string' ? [value] : valueKind(flag).words(value);
  try {
    return words.reduce<unknown>(
      (before, word) => (flag.parseArg ? flag.parseArg<unknown>(word, before) : word),
      undefined,
    );
  } catch (error) {
    // Commander's own check of choices throws what its callers expect.
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`${origin}: ${name}: ${error.message}`);
  }
}
