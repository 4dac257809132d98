import { checkArgument } from './check-arguments.ts';
import { TensorboardError } from './tensorboard-error.ts';

/** Refuses an option that does not exist, naming the nearest one that does. */
export function checkOptions(options: object, names: readonly string[]): void {
  checkArgument('options', 'record', options);
  const stranger = Object.keys(options).find((name) => !names.includes(name));
  if (stranger === undefined) return;
  const nearest = names.reduce((best, name) => (likeness(stranger, name) > likeness(stranger, best) ? name : best));
  throw new TensorboardError(
    'tensorboard/unknown-option',
    `expected the options ${names.join(', ')}; found ${stranger}. Did you mean ${nearest}?`,
    { option: stranger, nearest },
  );
}

/** The part of the pairs of letters that two names share. */
function likeness(left: string, right: string): number {
  return [...right].filter((_, index) => left.includes(right.slice(index, index + 2))).length / (left + right).length;
}
