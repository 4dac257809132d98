import { nearestName } from '@nt/tensor';
import { Ajv, type ErrorObject } from 'ajv';
import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { libraryNames } from './option-flag.ts';
import { type ConfigOption, configOptions, configSchema } from './option-schema.ts';

/** Checks options by the schema of their verb. @throws UsageError naming the path, what was expected, what was found */
export function checkSettings(command: Command, given: Readonly<Record<string, unknown>>, origin: string): void {
  const options = configOptions(command);
  const known = options.map(({ name }) => name);
  for (const name of Object.keys(given)) if (!known.includes(name)) throw unknownSetting(origin, name, options);
  const validate = new Ajv({ verbose: true, strict: false }).compile(configSchema(command));
  if (validate(given)) return;
  throw new UsageError(`${origin}: ${problemOf(validate.errors!, options)}`);
}

/** Of the ways in which a value may be written, the one that came furthest; of several, all are told. */
function problemOf(errors: readonly ErrorObject[], options: readonly ConfigOption[]): string {
  const places = errors.filter(({ keyword }) => keyword !== 'anyOf');
  const depth = (error: ErrorObject): number => error.instancePath.split('/').length;
  const deepest = places.filter((error) => depth(error) === Math.max(...places.map(depth)));
  const path = deepest[0]!.instancePath.split('/').slice(1);
  const expected = [...new Set(deepest.map(expectation))].join(' or ');
  const { flag, off } = options.find(({ name }) => name === path[0])!;
  return `${path.join('.')}: expected ${expected}, found ${JSON.stringify(deepest[0]!.data)} (${(flag ?? off)!.flags}).`;
}

function expectation({ keyword, params, message = '' }: ErrorObject): string {
  const given = params as Readonly<Record<string, unknown>>;
  if (keyword === 'type') return String(given['type']).replace('integer', 'a whole number');
  if (keyword === 'enum') return `one of ${(given['allowedValues'] as readonly unknown[]).join(', ')}`;
  if (keyword === 'const') return JSON.stringify(given['allowedValue']);
  if (keyword === 'required') return `a ${String(given['missingProperty'])}`;
  return message.replace(/^must (be )?/, '');
}

/** @returns the error for a name that is no option, with the nearest that is */
export function unknownSetting(origin: string, name: string, options: readonly ConfigOption[]): UsageError {
  const known = options.map((option) => option.name);
  // The library may call it otherwise: `learningRate` is `--lr`.
  const own = options.find(({ flag }) => flag && libraryNames.get(flag) === name)?.name;
  const near = own ?? nearestName(name, known);
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
  return new UsageError(`${origin}: there is no option '${name}'.${hint} Known: ${known.join(', ')}.`);
}
