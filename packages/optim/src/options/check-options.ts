import { OptimError } from '../optim-error.ts';
import { nearestName } from './nearest-name.ts';

/** @throws OptimError `optim/unknown-option` for a key that `owner` does not know, naming the nearest that it does */
export function checkOptions(owner: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    throw new OptimError(
      'optim/unknown-option',
      `${owner}: '${key}' is not an option${nearest ? `; did you mean '${nearest}'?` : '.'} It has: ${known.join(', ')}.`,
      { owner, key, known, nearest },
    );
  }
}
