import type { ChoiceValue } from '@nt/forecast';
import { InvalidArgumentError } from 'commander';
import { each, type JsonSchema, oneOrMore, reading } from './value-kind.ts';

/** A name with options, as the forecaster takes it. */
export type ParsedChoice<Name extends string> = { readonly name: Name } & Readonly<Record<string, ChoiceValue>>;

/**
 * Reads `name` or `name:option=value,option=value` with one of `names`. A value without a name belongs to the list of
 * the option before it: `multiStep:milestones=100,200,gamma=0.5`.
 */
export function choice<Name extends string>(names: readonly Name[]): (text: string) => ParsedChoice<Name> {
  const read = (text: string): ParsedChoice<Name> => {
    const [name = '', ...rest] = text.split(':');
    if (!names.includes(name as Name)) throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`);
    return { ...parseSettings(rest.join(':')), name: name as Name } as ParsedChoice<Name>;
  };
  return reading(read, choiceSchema(names), (value) => [choiceText(value as string | ParsedChoice<Name>)]);
}

/** Reads choices one after another into a list: the flag may be given several times. */
export function choices<Name extends string>(
  names: readonly Name[],
): (text: string, before: readonly ParsedChoice<Name>[] | undefined) => readonly ParsedChoice<Name>[] {
  const parse = choice(names);
  const read = (text: string, before: readonly ParsedChoice<Name>[] = []): readonly ParsedChoice<Name>[] => [
    ...before,
    parse(text),
  ];
  return reading(read, oneOrMore(choiceSchema(names)), (value) =>
    each(value).map((one) => choiceText(one as string | ParsedChoice<Name>)),
  );
}

/** A name, as it is typed, or an object with `name` and options. `choices` are the names, for who reads the schema. */
const choiceSchema = (names: readonly string[]): JsonSchema => ({
  choices: names,
  anyOf: [
    { type: 'string', pattern: `^(${names.join('|')})(:.*)?$` },
    { type: 'object', properties: { name: { enum: names } }, required: ['name'] },
  ],
});

/** A name with its options, as `choice` reads it. */
export function choiceText(value: string | ParsedChoice<string>): string {
  if (typeof value === 'string') return value;
  const { name, ...options } = value;
  const text = settingsText(options);
  return text === '' ? name : `${name}:${text}`;
}

/** `option=value,option=value`, as `parseSettings` reads it. */
export const settingsText = (options: object): string =>
  Object.entries(options)
    .map(([option, value]) => `${option}=${String(value)}`)
    .join(',');

/** What `option=value,…` may also be in a configuration. */
export const settingsSchema: JsonSchema = {
  anyOf: [
    { type: 'string' },
    { type: 'object', additionalProperties: { type: ['number', 'boolean', 'string', 'array'] } },
  ],
};

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
