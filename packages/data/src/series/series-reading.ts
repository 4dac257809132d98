import type { Roles } from '../roles/resolve-roles.ts';
import { type SeriesOptions, seriesOptionKeys } from './series-options.ts';
import type { Covariates } from './series-set.ts';

/**
 * How a set was read: roles as they were found or told, levels of its categories, policies and zone. Plain JSON, and
 * options of every reader: a later file read with them has the same columns in the same order. The frequency is not
 * among them (a later file must show its own, to be compared by `sameFrequency`) unless it was told.
 */
export type SeriesReading = Omit<SeriesOptions, 'name' | 'layout'>;

/** The reading of a set from its options and what was found. */
export function readingOf(
  roles: Roles,
  options: SeriesOptions,
  zone: string | null,
  covariates: readonly (Covariates | null)[],
): SeriesReading {
  const told = Object.fromEntries(
    Object.entries(options).filter(
      ([key, value]) => value !== undefined && key !== 'name' && key !== 'layout' && seriesOptionKeys.includes(key),
    ),
  );
  const levels = Object.assign({}, options.levels, ...covariates.map((one) => one?.levels ?? {}));
  const isNamedZone = zone !== null && /^[A-Za-z]+[/_A-Za-z]/.test(zone);
  return {
    ...told,
    time: roles.time ?? false,
    target: roles.targets.length === 1 ? roles.targets[0]! : roles.targets,
    ...(roles.id === null ? {} : { id: roles.id }),
    historic: roles.historic,
    future: roles.future,
    static: roles.static,
    ...(Object.keys(levels).length === 0 ? {} : { levels }),
    ...(isNamedZone ? { timezone: zone } : {}),
  };
}
