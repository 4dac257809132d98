import type { Command } from 'commander';
import { type ConfigOption, configOptions, configSchema, fallbackOf } from '../options/option-schema.ts';
import type { JsonSchema } from '../options/value-kind.ts';
import { stderrTerminal, writeResult } from '../output/terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { Verbs } from '../verbs.ts';

/** Prints what the options of a verb come to, or their JSON Schema. */
export async function config(
  verb: string | undefined,
  words: readonly string[],
  isSchema: boolean,
  verbs: Verbs,
): Promise<void> {
  if (verb !== undefined && !verbs.configurable.includes(verb))
    throw new UsageError(`'${verb}' has no configuration; there is ${verbs.configurable.join(', ')}.`);
  if (isSchema) return writeJson(verb === undefined ? await wholeSchema(verbs) : schemaOf(await verbs.build(verb)));
  if (verb === undefined)
    throw new UsageError(`Of which verb? nt config train, or one of ${verbs.configurable.slice(1).join(', ')}.`);
  const command = await verbs.build(verb);
  await command.action(() => {}).parseAsync([...words], { from: 'user' });
  const options = configOptions(command);
  const terminal = stderrTerminal(false);
  for (const option of options) terminal.line(lineOf(command, option));
  writeJson(
    Object.fromEntries(
      options.filter(({ name }) => isGiven(command, name)).map(({ name }) => [name, command.getOptionValue(name)]),
    ),
  );
}

const isGiven = (command: Command, name: string): boolean =>
  ['cli', 'config'].includes(command.getOptionValueSource(name) ?? '');

const origins: Readonly<Record<string, string>> = { cli: 'flag', config: 'configuration' };

/** An option, what it is, and why. */
function lineOf(command: Command, option: ConfigOption): string {
  const source = command.getOptionValueSource(option.name) ?? '';
  if (source in origins)
    return `${option.name}: ${JSON.stringify(command.getOptionValue(option.name))} (${origins[source]})`;
  return `${option.name}: ${fallbackOf(option) ?? 'not given'} (default)`;
}

const draft = 'https://json-schema.org/draft/2020-12/schema';

const schemaOf = (command: Command): JsonSchema => ({ $schema: draft, ...configSchema(command) });

/** A file with the options of several verbs, each under its name. */
async function wholeSchema({ configurable, build }: Verbs): Promise<JsonSchema> {
  const properties: Record<string, JsonSchema> = { $schema: { type: 'string' } };
  for (const verb of configurable) properties[verb] = configSchema(await build(verb));
  return { $schema: draft, title: 'nt', type: 'object', properties, additionalProperties: false };
}

const writeJson = (value: unknown): void => writeResult(`${JSON.stringify(value, undefined, 2)}\n`);
