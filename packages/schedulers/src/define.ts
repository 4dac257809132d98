import { satisfies } from './satisfies.ts';
import { SchedulerError } from './scheduler-error.ts';

/**
 * Makes a function of one options object out of a positional one, refusing what is no option, or out of range, when
 * a schedule is built and not when it runs.
 *
 * `signature` lists the options in the order of `build`'s parameters, as `name: kind` with a kind that `isOfKind`
 * knows, or as `name` for a `number >= 0`. Defaults are those of the parameters; one without a default is required. Said
 * once and as text, the checks of the whole package take less than half of its size.
 */
export function define<Options extends object, Result>(
  owner: string,
  signature: string,
  build: (...values: never[]) => Result,
  isOfKind: typeof satisfies = satisfies,
): (options: Options) => Result {
  const parameters = signature.split(', ').map((parameter) => parameter.split(': ') as [string, string?]);
  return (given) => {
    const options = given ?? {};
    const names = parameters.map(([name]) => name);
    for (const found in options) {
      if (!names.includes(found)) {
        throw new SchedulerError('schedulers/unknown-option', {
          owner,
          option: 'an option',
          expected: `one of ${nearestFirst(found, names)}`,
          found,
        });
      }
    }
    return build(
      ...parameters.map(([option, expected = 'number >= 0'], index) => {
        const found = options[option as keyof Options] as never;
        if ((found === undefined && index >= build.length) || isOfKind(found, expected)) return found;
        throw new SchedulerError('schedulers/invalid-option', { owner, option, expected, found });
      }),
    );
  };
}

/** Sorts the names: those that share most pairs of letters with what was found, for the length of both, come first. */
function nearestFirst(found: string, names: string[]): string[] {
  const likeness = (name: string): number =>
    [...name].filter((_, index) => found.includes(name.slice(index, index + 2))).length / (name + found).length;
  return names.sort((a, b) => likeness(b) - likeness(a));
}
