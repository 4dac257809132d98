import type { NamedArray, NetworkOps, Tensor, TensorValues, Variable } from '@nt/tensor';
import { type BlockPlan, planBlocks } from './block-plan.ts';
import { forwardNhits } from './forward-nhits.ts';
import { initialWeights } from './initial-weights.ts';
import { interpolationMatrix } from './interpolation-matrix.ts';
import type { NhitsModel } from './nhits-model.ts';
import { type NhitsConfig, type NhitsOptions, nhitsConfig } from './nhits-options.ts';
import { checkWeights, floatsOf, namedArray, transposed } from './weight-arrays.ts';

/** How a model is made, apart from what it looks like. */
export interface CreateNhitsOptions {
  /** Seed of the initial weights, an integer; default 1 (neuralforecast's). */
  readonly seed?: number;
  /** Goes before the names of the engine's variables, so that several models can live at once; default ''. */
  readonly scope?: string;
  /** Whether `loadWeights` is called next: then none are drawn, which takes longer than all else; default false. */
  readonly weightsFollow?: boolean;
}

/**
 * Builds an N-HiTS network (Challu et al., AAAI 2023) on an engine, with fresh weights.
 *
 * Forward as neuralforecast 3.3: the input is reversed in time; each block pools what is left of it, runs its linears and
 * splits the result into a backcast, which is subtracted, and knots, which are interpolated and added to the forecast.
 * The forecast begins at the last observed value. Weights are `blocks.{i}.layers.{j}.{weight,bias}`, neuralforecast's
 * names and layout in `saveWeights` and `loadWeights`.
 *
 * @throws NhitsError `nhits/option`
 */
export function createNhits<T extends Tensor>(
  ops: NetworkOps<T>,
  options: NhitsOptions,
  { seed = 1, scope = '', weightsFollow = false }: CreateNhitsOptions = {},
): NhitsModel<T> {
  const config = nhitsConfig(options);
  const blocks = planBlocks(config);
  const parameters = createParameters(ops, blocks, weightsFollow ? undefined : initialWeights(blocks, seed), scope);
  const matrices = blocks.map((block) => createMatrix(ops, config, block));
  return {
    modelType: 'nhits',
    config: { ...config },
    parameters,
    numParameters: [...parameters.values()].reduce((total, p) => total + p.shape.reduce((a, b) => a * b, 1), 0),
    forward: (window, run) => forwardNhits(ops, { config, blocks, parameters, matrices }, window, run),
    saveWeights: async () => {
      const entries = [...parameters].map(async ([name, parameter]) => [name, await toPyTorch(parameter)] as const);
      return Object.fromEntries(await Promise.all(entries));
    },
    loadWeights: (arrays) => {
      checkWeights(new Map([...parameters].map(([name, p]) => [name, [...p.shape].reverse()])), arrays);
      for (const [name, parameter] of parameters) assignValues(ops, parameter, fromPyTorch(arrays[name]!));
    },
    dispose: () => {
      ops.dispose([...parameters.values(), ...matrices]);
    },
  };
}

function createParameters<T extends Tensor>(
  ops: NetworkOps<T>,
  blocks: readonly BlockPlan[],
  weights: ReturnType<typeof initialWeights> | undefined,
  scope: string,
): ReadonlyMap<string, Variable<T>> {
  const parameters = new Map<string, Variable<T>>();
  const add = (name: string, values: TensorValues | undefined, shape: readonly number[]): void => {
    const initial = values ? ops.tensor(values, shape) : ops.zeros(shape);
    parameters.set(name, ops.variable(initial, { name: `${scope}${name}` }));
    ops.dispose(initial);
  };
  for (const { name, inputs, outputs } of blocks.flatMap((block) => block.layers)) {
    const layer = weights?.get(name);
    add(`${name}.weight`, layer?.weight, [inputs, outputs]);
    add(`${name}.bias`, layer?.bias, [outputs]);
  }
  return parameters;
}

/** The block's interpolation, out of reach of any `tidy`. */
function createMatrix<T extends Tensor>(ops: NetworkOps<T>, config: NhitsConfig, { knots }: BlockPlan): T {
  const values = interpolationMatrix(config.interpolationMode, knots, config.horizon);
  return ops.keep(ops.tensor(values, [knots, config.horizon]));
}

async function toPyTorch<T extends Tensor>(parameter: Variable<T>): Promise<NamedArray> {
  const values = floatsOf(await parameter.data());
  const [inputs, outputs] = parameter.shape as [number, number?];
  // Either way a copy: what is read may be the engine's own memory.
  const data = outputs === undefined ? values.slice() : transposed(values, inputs, outputs);
  return namedArray([...parameter.shape].reverse(), data);
}

function fromPyTorch({ shape, data }: NamedArray): TensorValues {
  const [outputs, inputs] = shape as [number, number?];
  return inputs === undefined ? data : transposed(data as Float32Array, outputs, inputs);
}

function assignValues<T extends Tensor>(ops: NetworkOps<T>, parameter: Variable<T>, values: TensorValues): void {
  const value = ops.tensor(values, parameter.shape);
  parameter.assign(value);
  ops.dispose(value);
}
