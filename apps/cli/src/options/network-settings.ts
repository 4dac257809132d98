import type { ModelOptions } from '@nt/forecast';
import { InvalidArgumentError } from 'commander';
import { parseSettings } from './parse-choice.ts';
import { reading } from './value-kind.ts';

/** Reads `option=value,option=value`, or a JSON object for what that cannot say: `{"stackTypes": ["trend"]}`. */
export const networkSettings: (text: string) => ModelOptions = reading(
  readNetwork,
  { anyOf: [{ type: 'string' }, { type: 'object' }] },
  (value) => [JSON.stringify(value)],
);

function readNetwork(text: string): ModelOptions {
  if (!text.trimStart().startsWith('{')) return parseSettings(text) as ModelOptions;
  try {
    return JSON.parse(text) as ModelOptions;
  } catch (error) {
    throw new InvalidArgumentError(`Expected option=value or a JSON object: ${(error as Error).message}.`);
  }
}
