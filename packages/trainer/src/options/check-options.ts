import { nearestName } from '@nt/tensor';
import { TrainerError } from '../trainer-error.ts';

/** True when the value is as expected, else the expectation in words. */
export type Expectation = (value: never) => true | string;

/** One expectation for each option that there is. */
export type OptionRules<Options> = { readonly [Name in keyof Options]-?: Expectation };

/**
 * Refuses options that do not exist, and values that are not as expected; undefined means not given.
 *
 * @param owner where the options stand, for the message: `train`, `earlyStopping`
 * @throws TrainerError `trainer/unknown-option` naming the nearest option, `trainer/bad-option`
 */
export function checkOptions<Options extends object>(
  owner: string,
  options: Options,
  rules: OptionRules<Options>,
  required: readonly (keyof Options & string)[] = [],
): void {
  if (typeof options !== 'object' || options === null) throw badOption(owner, 'options', 'an object', options);
  const names = Object.keys(rules);
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) throw unknownOption(owner, name, names);
    if (value === undefined) continue;
    const expected = rules[name as keyof Options](value as never);
    if (expected !== true) throw badOption(owner, name, expected, value);
  }
  for (const name of required) {
    if (options[name] === undefined) throw badOption(owner, name, 'to be given', undefined);
  }
}

/** The error for a value that an option cannot have. */
export function badOption(owner: string, name: string, expected: string, found: unknown): TrainerError {
  return new TrainerError('trainer/bad-option', `${owner}: expected ${name} ${expected}; found ${shown(found)}.`, {
    option: name,
    expected,
    found,
  });
}

/** Short, and never an error of its own. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value).slice(0, 100);
  } catch {
    return 'an object that JSON cannot write';
  }
}

function unknownOption(owner: string, found: string, names: readonly string[]): TrainerError {
  const nearest = nearestName(found, names);
  return new TrainerError(
    'trainer/unknown-option',
    `${owner}: there is no option '${found}'. Did you mean '${nearest}'? Options: ${names.join(', ')}.`,
    { option: found, nearest },
  );
}
