import type { Roles } from '../roles/resolve-roles.ts';
import { fileIdColumn } from '../source/join-tables.ts';
import { type SeriesOptions, seriesOptionKeys } from './series-options.ts';

/**
 * How a set was read: roles as they were found or told, levels of its categories, policies and zone. Plain JSON, and
 * options of every reader: a later file read with them has the same columns in the same order. The frequency is not
 * among them (a later file must show its own, to be compared by `sameFrequency`) unless it was told.
 */
export type SeriesReading = Omit<SeriesOptions, 'name'>;

/** The reading of a set from its options and what was found. */
export function readingOf(
  roles: Roles,
  options: SeriesOptions,
  zone: string | null,
  covariates: readonly ({ readonly levels: NonNullable<SeriesOptions['levels']> } | null)[],
): SeriesReading {
  const told = Object.fromEntries(
    Object.entries(options).filter(
      ([key, value]) => value !== undefined && key !== 'name' && key !== 'layout' && seriesOptionKeys.includes(key),
    ),
  );
  const levels = Object.assign({}, options.levels, ...covariates.map((one) => one?.levels ?? {}));
  // Where the names of files were the ids, no later file has a column of them.
  const isFileId = roles.id === fileIdColumn && options.id === undefined;
  const isNamedZone = zone !== null && /^[A-Za-z]+[/_A-Za-z]/.test(zone);
  return {
    ...told,
    time: roles.timeParts ?? roles.time ?? false,
    target: options.target === false ? false : roles.targets.length === 1 ? roles.targets[0]! : roles.targets,
    ...(roles.id === null || isFileId ? {} : { id: roles.id }),
    historic: roles.historic,
    future: roles.future,
    static: roles.static,
    ...(Object.keys(levels).length === 0 ? {} : { levels }),
    ...(isNamedZone ? { timezone: zone } : {}),
    ...(roles.timeFormat === undefined ? {} : { timeFormat: roles.timeFormat }),
    ...(roles.layout ? { layout: roles.layout } : options.layout === 'long' ? { layout: options.layout } : {}),
  };
}
