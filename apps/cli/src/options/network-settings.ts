import type { ModelOptions } from '@nt/forecast';
import { InvalidArgumentError } from 'commander';
import { parseSettings } from './parse-choice.ts';

/** Reads `option=value,option=value`, or a JSON object for what that cannot say: `{"stackTypes": ["trend"]}`. */
export function networkSettings(text: string): ModelOptions {
  if (!text.trimStart().startsWith('{')) return parseSettings(text) as ModelOptions;
  try {
    return JSON.parse(text) as ModelOptions;
  } catch (error) {
    throw new InvalidArgumentError(`Expected option=value or a JSON object: ${(error as Error).message}.`);
  }
}
