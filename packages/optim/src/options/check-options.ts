import { nearestName } from '@nt/tensor';
import { OptimError } from '../optim-error.ts';

/** Options that are true or false wherever they occur: a text such as 'false' would count as true. */
const flags = [
  'allowMissing',
  'amsgrad',
  'centered',
  'decoupledWeightDecay',
  'maximize',
  'measureNorm',
  'nesterov',
  'skipNonFinite',
];

/**
 * @throws OptimError `optim/unknown-option` for a key that `owner` does not know, naming the nearest that it does;
 *   `optim/option` for what is no object, and for null and for a flag that is neither true nor false
 */
export function checkOptions(owner: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OptimError('optim/option', `${owner}: expected an object of options, got ${String(options)}.`, { owner });
  }
  for (const [key, value] of Object.entries(options)) {
    if (!known.includes(key)) throw unknownOption(owner, key, known);
    // `??` would take it for "not given", without a word.
    if (value === null)
      throw new OptimError('optim/option', `${owner}.${key}: null is no value; leave it out.`, { key });
    if (!flags.includes(key) || value === undefined || typeof value === 'boolean') continue;
    throw new OptimError('optim/option', `${owner}.${key}: expected true or false, got ${String(value)}.`, { key });
  }
}

function unknownOption(owner: string, key: string, known: readonly string[]): OptimError {
  const nearest = nearestName(key, known);
  return new OptimError(
    'optim/unknown-option',
    `${owner}: '${key}' is not an option; did you mean '${nearest}'? It has: ${known.join(', ')}.`,
    { owner, key, known, nearest },
  );
}
