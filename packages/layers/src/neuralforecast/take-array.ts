import type { NamedArray } from '@nt/tensor';
import type { SavedModel } from './read-saved-model.ts';
import { cannotRead } from './refuse.ts';

/** An array of a model by its name. @throws LayersError `layers/neuralforecast` for one that is not there */
export function takeArray({ arrays }: Pick<SavedModel, 'arrays'>, name: string): NamedArray {
  const array = arrays[name];
  if (!array) throw cannotRead(`its model has no array '${name}'`, 'copy the folder again');
  return array;
}

/** What the scaler of windows trained: its arrays have the same names here. */
export const scalerArrays = ({ arrays }: Pick<SavedModel, 'arrays'>): [string, NamedArray][] =>
  Object.entries(arrays).filter(([name]) => name.startsWith('scaler.'));
