import { OptimError } from '../optim-error.ts';

/**
 * A number, or a function of the updates completed so far (0 before the first): that is the whole connection between
 * an optimizer and a schedule. The function is called once for each update and must be pure.
 */
export type Hyperparameter = number | ((completedUpdates: number) => number);

/** Which finite numbers a hyperparameter may be. */
export type HyperparameterRange = '>= 0' | '> 0' | 'in [0, 1)' | 'in [0, 1]';

const ranges: Readonly<Record<HyperparameterRange, (value: number) => boolean>> = {
  '>= 0': (value) => value >= 0,
  '> 0': (value) => value > 0,
  'in [0, 1)': (value) => value >= 0 && value < 1,
  'in [0, 1]': (value) => value >= 0 && value <= 1,
};

/** A hyperparameter of one transform: its value, and what is legal. */
export interface HyperparameterSetting {
  /** e.g. `adamw.learningRate`, for messages. */
  readonly label: string;
  readonly value: Hyperparameter;
  readonly range: HyperparameterRange;
}

/** Checks a number now; a function is checked whenever it gives a number. */
export function setting(label: string, value: Hyperparameter, range: HyperparameterRange): HyperparameterSetting {
  if (typeof value !== 'function') checkRange(label, value, range);
  return { label, value, range };
}

/** @throws OptimError `optim/out-of-range` */
export function checkRange(label: string, value: number, range: HyperparameterRange): number {
  if (typeof value === 'number' && Number.isFinite(value) && ranges[range](value)) return value;
  throw new OptimError(
    'optim/out-of-range',
    `${label}: expected a finite number ${range}, or a function of the completed updates that gives one; got ${shown(value, label)}.`,
    { label, range, received: value },
  );
}

/** @throws OptimError `optim/out-of-range` unless `value` is an integer >= `minimum` */
export function checkInteger(label: string, value: number, minimum: number): number {
  if (Number.isSafeInteger(value) && value >= minimum) return value;
  throw new OptimError('optim/out-of-range', `${label}: expected an integer >= ${minimum}, got ${shown(value)}.`, {
    label,
    minimum,
    received: value,
  });
}

/** In words, never an error of its own. An object that holds schedules, as `oneCycle` gives one, says which to pass. */
function shown(value: unknown, label = ''): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const names = Object.entries(value).flatMap(([name, member]) => (typeof member === 'function' ? [name] : []));
  const wanted = label.slice(label.lastIndexOf('.') + 1);
  const member = [wanted, 'learningRate'].find((name) => names.includes(name)) ?? names[0];
  const what = `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`;
  return member === undefined ? what : `${what}: pass its member '${member}'`;
}
