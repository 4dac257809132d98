import type { Command, Option } from 'commander';
import { type JsonSchema, kindOf, plainWords, type ValueKind } from './value-kind.ts';

/** An option of a verb by the name that it has in a configuration: `--val-split` is `valSplit`. */
export interface ConfigOption {
  readonly name: string;
  /** The flag that takes a value or turns it on; absent where there is only one that turns it off. */
  readonly flag?: Option;
  /** `--no-…` */
  readonly off?: Option;
  readonly schema: JsonSchema;
}

/** Flags that belong to a call and not to what is done. */
const notSettings = ['help', 'config', 'set', 'debug', 'schema'];

/** The options of a verb that a configuration may hold. */
export function configOptions(command: Command): readonly ConfigOption[] {
  const names = [...new Set(command.options.map((option) => option.attributeName()))];
  return names
    .filter((name) => !notSettings.includes(name))
    .map((name) => {
      const flags = command.options.filter((option) => option.attributeName() === name);
      const [flag, off] = [flags.find(({ negate }) => !negate), flags.find(({ negate }) => negate)];
      return { name, ...(flag && { flag }), ...(off && { off }), schema: schemaOf(flag, off) };
    });
}

/** How a flag's value is written in a configuration. */
export function valueKind(flag: Option): ValueKind {
  if (flag.argChoices) return { schema: { enum: [...flag.argChoices] }, words: plainWords };
  return kindOf(flag.parseArg);
}

/** Whether a flag has a value behind it. */
export const takesValue = (flag: Option): boolean => flag.required || flag.optional;

function schemaOf(flag: Option | undefined, off: Option | undefined): JsonSchema {
  const description = (flag ?? off)!.description;
  if (!flag || !takesValue(flag)) return { description, type: 'boolean' };
  const { schema } = valueKind(flag);
  const others = [...(flag.optional ? [{ const: true }] : []), ...(off ? [{ const: false }] : [])];
  return others.length === 0 ? { description, ...schema } : { description, anyOf: [schema, ...others] };
}

/** The configuration of a verb as a JSON Schema. */
export function configSchema(command: Command): JsonSchema {
  return {
    title: `nt ${command.name()}`,
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(configOptions(command).map(({ name, schema }) => [name, schema])),
    },
    additionalProperties: false,
  };
}

/** What holds when the option is not given, as its help says. */
export const fallbackOf = ({ flag, off }: ConfigOption): string | undefined => {
  const option = (flag ?? off)!;
  if (option.defaultValue !== undefined) return String(option.defaultValue);
  return /\(default: (.*)\)$/.exec(option.description)?.[1];
};
