import { nearestName } from './nearest-name.ts';
import { TensorError } from './tensor-error.ts';

/** @throws TensorError `tensor/option` for a key that is none of `known`, naming the nearest */
export function checkOptions(owner: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  throw new TensorError(
    'tensor/option',
    `${owner}: unknown option '${unknown}'; did you mean '${nearest}'? Options: ${known.join(', ')}.`,
    { option: unknown, nearest },
  );
}
