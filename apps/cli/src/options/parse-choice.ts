import type { ChoiceValue } from '@nt/forecast';
import { InvalidArgumentError } from 'commander';

/** A name with options, as the forecaster takes it. */
export type ParsedChoice<Name extends string> = { readonly name: Name } & Readonly<Record<string, ChoiceValue>>;

/**
 * Reads `name` or `name:option=value,option=value` with one of `names`. A value without a name belongs to the list of
 * the option before it: `multiStep:milestones=100,200,gamma=0.5`.
 */
export function choice<Name extends string>(names: readonly Name[]): (text: string) => ParsedChoice<Name> {
  return (text) => {
    const [name = '', ...rest] = text.split(':');
    if (!names.includes(name as Name)) throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`);
    return { ...parseSettings(rest.join(':')), name: name as Name } as ParsedChoice<Name>;
  };
}

/** Reads choices one after another into a list: the flag may be given several times. */
export function choices<Name extends string>(
  names: readonly Name[],
): (text: string, before: readonly ParsedChoice<Name>[] | undefined) => readonly ParsedChoice<Name>[] {
  const parse = choice(names);
  return (text, before = []) => [...before, parse(text)];
}

/** Reads `option=value,option=value`. */
export function parseSettings(text: string): Record<string, ChoiceValue> {
  const settings: Record<string, ChoiceValue> = {};
  let last = '';
  for (const item of text === '' ? [] : text.split(',')) {
    const [, name = last, value = ''] = /^(?:(\w+)=)?(.+)$/.exec(item.trim()) ?? [];
    if (name === '' || value === '') throw new InvalidArgumentError(`Expected option=value, got '${item}'.`);
    const before = settings[name];
    settings[name] = name === last && before !== undefined ? listOf(before, value) : parseValue(value);
    last = name;
  }
  return settings;
}

function parseValue(text: string): ChoiceValue {
  if (text === 'true' || text === 'false') return text === 'true';
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

function listOf(before: ChoiceValue, value: string): readonly number[] {
  const list = [...(Array.isArray(before) ? before : [before]), parseValue(value)];
  if (list.every((item): item is number => typeof item === 'number')) return list;
  throw new InvalidArgumentError(`Expected option=value, got '${value}'.`);
}
