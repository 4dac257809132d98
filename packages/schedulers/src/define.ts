import { satisfies } from './satisfies.ts';
import { SchedulerError } from './scheduler-error.ts';

/**
 * Makes a function of one options object out of a positional one, refusing what is no option, or out of range, when
 * a schedule is built and not when it runs.
 *
 * `signature` lists the options in the order of `build`'s parameters, as `name: kind` with a kind as `satisfies` knows
 * it, or as `name` for a `number >= 0`. Defaults are those of the parameters; one without a default is required. Said
 * once and as text, the checks of the whole package take less than half of its size.
 */
export function define<Options extends object, Result>(
  owner: string,
  signature: string,
  build: (...values: never[]) => Result,
): (options: Options) => Result {
  const parameters = signature.split(', ').map((parameter) => parameter.split(': ') as [string, string?]);
  return (options) => {
    const names = parameters.map(([name]) => name);
    for (const found in options) {
      if (!names.includes(found)) {
        const expected = `${nearest(found, names)}, or another of ${names}`;
        throw new SchedulerError('schedulers/unknown-option', { owner, option: 'an option', expected, found });
      }
    }
    const values = parameters.map(([option, expected = 'number >= 0'], index) => {
      const found = options[option as keyof Options];
      if ((found === undefined && index >= build.length) || satisfies(found, expected)) return found;
      throw new SchedulerError('schedulers/invalid-option', { owner, option, expected, found });
    });
    return build(...(values as never[]));
  };
}

/** The name that shares most pairs of letters with what was found, for the length of both. */
function nearest(found: string, names: readonly string[]): string {
  const likeness = (name: string): number =>
    [...name].filter((_, index) => found.includes(name.slice(index, index + 2))).length / (name + found).length;
  return names.reduce((best, name) => (likeness(name) > likeness(best) ? name : best));
}
