import type { TableReading } from '@nt/data';
import { forecasterConfig } from '../forecaster-options.ts';
import type { ModelState } from './model-state.ts';

/** Version 2 did not know how its data were read. */
type StateOfVersion2 = Omit<ModelState, 'version' | 'data'> & {
  readonly version: 2;
  readonly data: Omit<ModelState['data'], 'reading'>;
};
/** Version 1 knew only networks that give one number, and fewer options. */
type StateOfVersion1 = Omit<StateOfVersion2, 'version' | 'loss'> & { readonly version: 1 };

/** What `model.json` held before `config.json` took its place. */
export type OldState = StateOfVersion1 | StateOfVersion2;

/** An old state as it is written today; options that there were not have their defaults. */
export function migrateState(state: OldState): ModelState {
  return {
    ...state,
    version: 3,
    forecaster: forecasterConfig(state.forecaster),
    // All losses of version 1 read what the network gives in the same way.
    loss: state.version === 1 ? { name: 'mae' } : state.loss,
    data: { ...state.data, reading: readingFromNames(state.data) },
  };
}

const unseen = '(unseen)';

/**
 * Column roles and levels from the names of the network's inputs: a column of texts is one input for each level
 * (`sky=rain`), the last of them for levels that were not in the training.
 */
function readingFromNames({ target, historic, future, static: fixed }: OldState['data']): TableReading {
  const levels: Record<string, string[]> = {};
  const columns = (names: readonly string[]): string[] => {
    const texts = names.filter((name) => name.endsWith(`=${unseen}`)).map((name) => name.slice(0, -unseen.length - 1));
    return [
      ...new Set(
        names.map((name) => {
          const column = texts.find((text) => name.startsWith(`${text}=`));
          if (column === undefined) return name;
          const level = name.slice(column.length + 1);
          levels[column] ??= [];
          if (level !== unseen) levels[column].push(level);
          return column;
        }),
      ),
    ];
  };
  const roles = { historic: columns(historic), future: columns(future), static: columns(fixed) };
  // Several targets, a series each, were called so; which they were was not kept.
  const isOne = target !== 'value';
  return { ...(isOne && { target }), ...roles, ...(Object.keys(levels).length > 0 && { levels }) };
}
