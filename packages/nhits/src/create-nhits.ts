import type { NamedArray, NamedArrays, NetworkOps, Tensor, Variable } from '@nt/tensor';
import { type BlockPlan, planBlocks } from './block-plan.ts';
import { createParameters, isTrained } from './create-parameters.ts';
import { decomposeNhits } from './decompose-nhits.ts';
import { forwardNhits } from './forward-nhits.ts';
import { initialWeights } from './initial-weights.ts';
import { interpolationMatrix } from './interpolation-matrix.ts';
import { nhitsConfig } from './nhits-config.ts';
import type { NhitsModel } from './nhits-model.ts';
import type { NhitsConfig, NhitsOptions } from './nhits-options.ts';
import { checkStart, checkWeights, namedArray } from './weight-arrays.ts';

/** How a model is made, apart from what it looks like. */
export interface CreateNhitsOptions {
  /** Seed of the initial weights, an integer; default 1 (neuralforecast's). */
  readonly seed?: number;
  /** Goes before the names of the engine's variables, so that several models can live at once; default ''. */
  readonly scope?: string;
  /** Whether `loadWeights` is called next: then none are drawn, which takes longer than all else; default false. */
  readonly weightsFollow?: boolean;
  /** Weights to begin with instead of drawn ones, some or all, as `saveWeights` names and shapes them; default none. */
  readonly start?: NamedArrays;
}

/**
 * Builds an N-HiTS network (Challu et al., AAAI 2023) on an engine, with fresh weights.
 *
 * Forward as neuralforecast 3.3: the input is reversed in time; each block pools what is left of it, runs its linears and
 * splits the result into a backcast, which is subtracted, and knots, which are interpolated and added to the forecast.
 * The forecast begins at the last observed value. Weights are `blocks.{i}.layers.{j}.{weight,bias}`, neuralforecast's
 * names and layout in `saveWeights` and `loadWeights`, and with the options for them `scaler.revin_{bias,weight}` and
 * `skip.{weight,bias}`.
 *
 * @throws NhitsError `nhits/option`; `nhits/weights` for a `start` that does not fit
 */
export function createNhits<T extends Tensor>(
  ops: NetworkOps<T>,
  options: NhitsOptions,
  { seed = 1, scope = '', weightsFollow = false, start = {} }: CreateNhitsOptions = {},
): NhitsModel<T> {
  const config = nhitsConfig(options);
  const blocks = planBlocks(config);
  const all = createParameters(ops, config, blocks, weightsFollow ? undefined : initialWeights(blocks, seed), scope);
  const matrices = blocks.map((block) => createMatrix(ops, config, block));
  const trained = new Map([...all].filter(([name]) => isTrained(config, name)));
  const network = { config, blocks, parameters: all, matrices };
  const shapes = (): ReadonlyMap<string, readonly number[]> => {
    const own = Object.fromEntries([...all].map(([name, p]) => [name, [...p.shape].reverse()]));
    return new Map(Object.entries(withAliases(blocks, own)));
  };
  const assign = (arrays: NamedArrays): void => {
    for (const [name, parameter] of all) if (arrays[name]) assignPyTorch(ops, parameter, arrays[name]);
  };
  const dispose = (): void => void ops.dispose([...all.values(), ...matrices]);
  try {
    checkStart(shapes(), start);
  } catch (error) {
    dispose();
    throw error;
  }
  assign(start);
  return {
    modelType: 'nhits',
    config: { ...config } as NhitsModel<T>['config'],
    parameters: trained,
    numParameters: [...trained.values()].reduce((total, p) => total + p.shape.reduce((a, b) => a * b, 1), 0),
    forward: (window, run) => forwardNhits(ops, network, window, run),
    decompose: (window) => decomposeNhits(ops, network, window),
    saveWeights: async () => {
      const entries = [...all].map(async ([name, p]) => [name, await toPyTorch(ops, p)] as const);
      return withAliases(blocks, Object.fromEntries(await Promise.all(entries)));
    },
    loadWeights: (arrays) => {
      checkWeights(shapes(), arrays);
      assign(arrays);
    },
    dispose,
  };
}

/** The block's interpolation, out of reach of any `tidy`. */
function createMatrix<T extends Tensor>(ops: NetworkOps<T>, config: NhitsConfig, { knots }: BlockPlan): T {
  const values = interpolationMatrix(config.interpolationMode, knots, config.horizon);
  return ops.keep(ops.tensor(values, [knots, config.horizon]));
}

/** What layers of a block share stands under the name of each of them, as in PyTorch's state dictionaries. */
function withAliases<Value>(blocks: readonly BlockPlan[], named: Record<string, Value>): Record<string, Value> {
  const shared = blocks.flatMap(({ slopes: [first, ...others] }) =>
    others.map((name) => [name, named[first!]!] as const),
  );
  return { ...named, ...Object.fromEntries(shared) };
}

/** `mlp` wants `[inputs, outputs]`, PyTorch stores `[outputs, inputs]`; the engine turns it in less time than we do. */
async function toPyTorch<T extends Tensor>(ops: NetworkOps<T>, parameter: Variable<T>): Promise<NamedArray> {
  const turned = ops.keep(ops.transpose(parameter));
  const values = await turned.data();
  turned.dispose();
  return namedArray([...parameter.shape].reverse(), values);
}

function assignPyTorch<T extends Tensor>(
  ops: NetworkOps<T>,
  parameter: Variable<T>,
  { shape, data }: NamedArray,
): void {
  const stored = ops.tensor(data, shape);
  const value = ops.transpose(stored);
  parameter.assign(value);
  ops.dispose([stored, value]);
}
