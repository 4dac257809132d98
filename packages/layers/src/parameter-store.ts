import type { NetworkOps, Tensor, TensorValues, Variable } from '@nt/tensor';
import type { LayerWeights } from './initial-weights.ts';
import type { LayerPlan } from './run-layers.ts';

/** The weights of a network under construction. */
export interface ParameterStore<T extends Tensor> {
  readonly all: ReadonlyMap<string, Variable<T>>;
  /** Zeros without `values`. */
  add(name: string, values: TensorValues | undefined, shape: readonly number[]): void;
  /** Weight `[inputs, outputs]` and bias of a linear layer. */
  addLayer(layer: LayerPlan, drawn: LayerWeights | undefined): void;
}

/**
 * An empty store.
 *
 * @param scope goes before the names of the engine's variables, so that several models can live at once
 */
export function parameterStore<T extends Tensor>(ops: NetworkOps<T>, scope: string): ParameterStore<T> {
  const all = new Map<string, Variable<T>>();
  const add: ParameterStore<T>['add'] = (name, values, shape) => {
    const initial = values ? ops.tensor(values, shape) : ops.zeros(shape);
    all.set(name, ops.variable(initial, { name: `${scope}${name}` }));
    ops.dispose(initial);
  };
  return {
    all,
    add,
    addLayer: ({ name, inputs, outputs }, drawn) => {
      add(`${name}.weight`, drawn?.weight, [inputs, outputs]);
      add(`${name}.bias`, drawn?.bias, [outputs]);
    },
  };
}
