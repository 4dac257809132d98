import { engine, type Tensor, variable as tfVariable } from '@tensorflow/tfjs-core';
import type { Variable } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';

/**
 * A tfjs variable whose name was free, and which can be disposed twice.
 *
 * @param live the variables that were not disposed yet, to which this one belongs
 */
export function createVariable(
  initial: Tensor,
  { name }: { readonly name: string },
  live?: Set<Variable<Tensor>>,
): Variable<Tensor> {
  if (engine().registeredVariables[name]) {
    throw new TensorError('tensor/name', `A variable named '${name}' is alive. Dispose it or choose another name.`, {
      name,
    });
  }
  const variable = tfVariable(initial, true, name);
  const dispose = variable.dispose.bind(variable);
  // A variable shares the memory of its value. tfjs would count a second dispose as one of the value's.
  variable.dispose = () => {
    if (!variable.isDisposed) dispose();
    live?.delete(own);
  };
  const own = variable as typeof variable & Variable<Tensor>;
  live?.add(own);
  return own;
}
