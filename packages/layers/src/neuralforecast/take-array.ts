import type { NamedArray } from '@nt/tensor';
import type { LayerPlan } from '../run-layers.ts';
import { cannotRead } from './refuse.ts';
import { ownValue } from './saved-values.ts';

interface WithArrays {
  readonly arrays: Readonly<Record<string, NamedArray>>;
}

/**
 * An array of a model by its name.
 *
 * @param shape that its hyper-parameters ask for: looked at before anything of these sizes is made
 * @throws LayersError `layers/neuralforecast` for one that is not there, or of another shape
 */
export function takeArray({ arrays }: WithArrays, name: string, shape?: readonly number[]): NamedArray {
  const array = ownValue(arrays, name);
  if (!array) throw cannotRead(`its model has no array '${name}'`, 'copy the folder again');
  if (shape === undefined || array.shape.join() === shape.join()) return array;
  throw cannotRead(
    `its ${name} is [${array.shape}], and its hyper-parameters ask for [${shape}]`,
    'copy the folder again',
    { name },
  );
}

/** Names and shapes of the weights and biases of linears, in PyTorch's layout. */
export const linearShapes = (layers: readonly LayerPlan[]): [name: string, shape: readonly number[]][] =>
  layers.flatMap(({ name, inputs, outputs }): [string, readonly number[]][] => [
    [`${name}.weight`, [outputs, inputs]],
    [`${name}.bias`, [outputs]],
  ]);

/** What the scaler of windows trained: its arrays have the same names here. */
export const scalerArrays = ({ arrays }: WithArrays): [string, NamedArray][] =>
  Object.entries(arrays).filter(([name]) => name.startsWith('scaler.'));
