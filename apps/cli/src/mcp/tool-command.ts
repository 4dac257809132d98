import type { Command } from 'commander';
import { type ConfigOption, configOptions, fallbackOf } from '../options/option-schema.ts';
import type { JsonSchema } from '../options/value-kind.ts';
import type { Verbs } from '../verbs.ts';
import { inArguments } from './in-arguments.ts';
import { refusedOptions, type VerbTool } from './tools.ts';

/** A verb with the options that agents may give, and what stands behind it without a flag. */
export interface ToolCommand {
  readonly tool: VerbTool;
  readonly command: Command;
  readonly options: readonly ConfigOption[];
  readonly positional: readonly { readonly name: string; readonly description: string }[];
  readonly inputSchema: JsonSchema;
}

/** Builds it of the verb's own flags. */
export async function toolCommand(tool: VerbTool, verbs: Verbs): Promise<ToolCommand> {
  const command = await verbs.build(tool.verb);
  const options = configOptions(command).filter(({ name }) => !Object.hasOwn(refusedOptions, name));
  const positional = command.registeredArguments.map((one) => ({ name: one.name(), description: one.description }));
  const known = [...positional.map(({ name }) => name), ...options.map(({ name }) => name)];
  const properties = Object.fromEntries([
    ...positional.map(({ name, description }) => [
      name,
      { type: 'string', description: described(command, tool, name, description) },
    ]),
    ...options.map((option) => [option.name, propertyOf(command, tool, option)]),
    // Of a verb without such a flag: it writes over files, which people see and agents may not.
    ...(tool.writes && !known.includes('overwrite') && tool.verb !== 'resume' ? [['overwrite', overwrite]] : []),
  ]) as Readonly<Record<string, JsonSchema>>;
  const inputSchema = { type: 'object', properties, required: tool.required, additionalProperties: false };
  return { tool, command, options, positional, inputSchema };
}

interface Described extends JsonSchema {
  readonly description: string;
  /** Of names with options; said by the description, too. */
  readonly choices?: unknown;
}

const overwrite: JsonSchema = { type: 'boolean', description: 'replace files that are there', default: false };

function propertyOf(command: Command, tool: VerbTool, option: ConfigOption): JsonSchema {
  const { description, choices, ...schema } = option.schema as Described;
  // The names stand in the description; all ways to write one would be told three times.
  const rest: JsonSchema = choices === undefined ? schema : { type: ['string', 'object', 'array'] };
  const whole = described(command, tool, option.name, description);
  const { flag } = option;
  if (flag?.defaultValue !== undefined) return { ...rest, description: whole, default: flag.defaultValue as unknown };
  const fallback = fallbackOf(option);
  // What holds otherwise is often said in words, which no `default` could hold.
  const isNumber = fallback !== undefined && rest['type'] === 'integer' && /^\d+$/.test(fallback);
  return { ...rest, description: whole, ...(isNumber && { default: Number(fallback) }) };
}

/** What the help says to who types: flags again and again, pipes, addresses. */
const typing: readonly (readonly [pattern: RegExp, inPlace: string])[] = [
  [/, https:\/\/…,? or - ?(?:for what is piped in)?/, ''],
  [/, needed unless --resume/, ''],
  [/, each behind the flag again,/, ', as a list,'],
  [/[,;] may be given several times/, '; or a list'],
];

/** The help of a flag for who gives it by name. */
function described(command: Command, { paths, help: own, required }: VerbTool, name: string, help: string): string {
  const text = typing.reduce((before, [pattern, inPlace]) => before.replace(pattern, inPlace), own?.[name] ?? help);
  const told = required.includes(name) ? text.replace(/ \(default: .*\)$/, '') : text;
  return `${inArguments(told, command)}${name in paths ? '; inside an allowed folder' : ''}`;
}
