import { nearestName } from '@nt/tensor';
import { LinearError } from '../linear-error.ts';

/** @throws LinearError `linear/unknown-option` with the nearest key that there is */
export function checkKeys(owner: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    throw new LinearError(
      'linear/unknown-option',
      `${owner}: unknown option '${key}'; did you mean '${nearest}'? There are: ${known.join(', ')}.`,
      { option: key, nearest, known },
    );
  }
}

/** @throws LinearError `linear/option` unless it is a whole number of at least `least` */
export function checkWhole(option: string, value: number, least: number): void {
  checkNumber(option, value, (n) => Number.isSafeInteger(n) && n >= least, `a whole number of at least ${least}`);
}

/** @throws LinearError `linear/option` */
export function checkNumber(option: string, value: number, isGood: (value: number) => boolean, expected: string): void {
  if (typeof value !== 'number' || !isGood(value)) throw badOption(option, expected, value);
}

/** An option whose value is not what was expected. */
export function badOption(option: string, expected: string, received: unknown): LinearError {
  const text = typeof received === 'number' ? String(received) : (JSON.stringify(received) ?? String(received));
  const shown = text.length > 60 ? `${text.slice(0, 60)} …` : text;
  return new LinearError('linear/option', `${option}: expected ${expected}, got ${shown}.`, { option, received });
}
