import { assembleModel, initialWeights } from '@nt/layers';
import type { NamedArrays, NetworkOps, Tensor } from '@nt/tensor';
import { type BlockPlan, planBlocks } from './block-plan.ts';
import { createParameters, isTrained } from './create-parameters.ts';
import { decomposeNhits } from './decompose-nhits.ts';
import { forwardNhits } from './forward-nhits.ts';
import { interpolationMatrix } from './interpolation-matrix.ts';
import { nhitsConfig } from './nhits-config.ts';
import type { NhitsModel } from './nhits-model.ts';
import type { NhitsConfig, NhitsOptions } from './nhits-options.ts';

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
 * @throws NhitsError `nhits/option`; LayersError `layers/weights` for a `start` that does not fit
 */
export function createNhits<T extends Tensor>(
  ops: NetworkOps<T>,
  options: NhitsOptions,
  { seed = 1, scope = '', weightsFollow = false, start = {} }: CreateNhitsOptions = {},
): NhitsModel<T> {
  const config = nhitsConfig(options);
  const blocks = planBlocks(config);
  const draw = weightsFollow ? undefined : initialWeights(seed);
  const parameters = createParameters(ops, config, blocks, draw, scope);
  const matrices = blocks.map((block) => createMatrix(ops, config, block));
  const network = { config, blocks, parameters, matrices };
  const model = assembleModel(ops, {
    modelType: 'nhits',
    config: { ...config } as NhitsModel<T>['config'],
    parameters,
    isTrained: (name) => isTrained(config, name),
    aliases: Object.fromEntries(
      blocks.flatMap(({ slopes: [first, ...others] }) => (first ? [[first, others] as const] : [])),
    ),
    constants: matrices,
    start,
    forward: (window, run) => forwardNhits(ops, network, window, run),
  });
  return { ...(model as NhitsModel<T>), decompose: (window) => decomposeNhits(ops, network, window) };
}

/** The block's interpolation, out of reach of any `tidy`. */
function createMatrix<T extends Tensor>(ops: NetworkOps<T>, config: NhitsConfig, { knots }: BlockPlan): T {
  const values = interpolationMatrix(config.interpolationMode, knots, config.horizon);
  return ops.keep(ops.tensor(values, [knots, config.horizon]));
}
