import type { Option } from 'commander';
import { takesValue, valueKind } from '../options/option-schema.ts';
import type { ToolCommand } from './tool-command.ts';

/** Arguments that were checked, as they are typed behind the verb. */
export function callWords(
  { command, options, positional }: Pick<ToolCommand, 'command' | 'options' | 'positional'>,
  given: Readonly<Record<string, unknown>>,
): readonly string[] {
  const flags = options.flatMap(({ name, flag, off }) => {
    const value = given[name];
    if (value === undefined || value === null) return [];
    if (value === false) return off === undefined ? [] : [off.long!];
    if (flag === undefined) return [];
    return value === true ? [flag.long!] : typed(flag, value);
  });
  // Behind the flags; a path is absolute here, so that none looks like one.
  return [command.name(), ...positional.map(({ name }) => String(given[name])), ...flags];
}

function typed(flag: Option, value: unknown): readonly string[] {
  if (!takesValue(flag)) return [];
  const words = typeof value === 'string' ? [value] : valueKind(flag).words(value);
  return words.flatMap((word) => (word.startsWith('-') || word === '' ? [`${flag.long}=${word}`] : [flag.long!, word]));
}
