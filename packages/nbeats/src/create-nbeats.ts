import {
  addScalerWeights,
  assembleModel,
  initialSlope,
  initialWeights,
  parameterStore,
  scaleBack,
  sumInUnit,
} from '@nt/layers';
import type { ForwardRun, NamedArrays, NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import { basesOf } from './bases-of.ts';
import { type BlockPlan, planBlocks, sharedNames } from './block-plan.ts';
import { forecastParts, type NbeatsNetwork } from './forward-nbeats.ts';
import { nbeatsConfig } from './nbeats-config.ts';
import type { NbeatsModel, NbeatsPart } from './nbeats-model.ts';
import type { NbeatsConfig, NbeatsOptions } from './nbeats-options.ts';
import type { BlockBasis } from './read-theta.ts';

/** How a model is made, apart from what it looks like. */
export interface CreateNbeatsOptions {
  /** Seed of the initial weights, an integer; default 1 (neuralforecast's). */
  readonly seed?: number;
  /** Goes before the names of the engine's variables, so that several models can live at once; default ''. */
  readonly scope?: string;
  /** Whether `loadWeights` is called next: then none are drawn; default false. */
  readonly weightsFollow?: boolean;
  /** Weights to begin with instead of drawn ones, some or all, as `saveWeights` names and shapes them; default none. */
  readonly start?: NamedArrays;
}

/**
 * Builds an N-BEATS network (Oreshkin et al., ICLR 2020) on an engine, with fresh weights.
 *
 * Forward as neuralforecast 3.3: the input is reversed in time; each block runs its linears over what is left of it and
 * gives a backcast, which is subtracted, and a forecast, which is added; of trend and seasonality both are sums of functions
 * of time. The forecast begins at the last observed value. Weights are `blocks.{i}.layers.{j}.{weight,bias}`,
 * neuralforecast's names and layout in `saveWeights` and `loadWeights`; the functions in its files are not read. With
 * `revin` there are `scaler.revin_{bias,weight}`.
 *
 * @throws NbeatsError `nbeats/option`; LayersError `layers/weights` for a `start` that does not fit
 */
export function createNbeats<T extends Tensor>(
  ops: NetworkOps<T>,
  options: NbeatsOptions,
  { seed = 1, scope = '', weightsFollow = false, start = {} }: CreateNbeatsOptions = {},
): NbeatsModel<T> {
  const config = nbeatsConfig(options);
  const blocks = planBlocks(config);
  const store = parameterStore(ops, scope);
  const { all, add, addLayer } = store;
  const layers = [...new Map(blocks.flatMap((block) => block.layers.map((layer) => [layer.name, layer]))).values()];
  const draw = weightsFollow ? undefined : initialWeights(seed);
  for (const layer of layers) addLayer(layer, draw?.(layer));
  for (const name of new Set(blocks.flatMap(({ slopes }) => slopes.slice(0, 1)))) add(name, [initialSlope], [1]);
  addScalerWeights(store, config.windowNormalization, 1);
  const bases = blocks.map((block) => createBasis(ops, config, block));
  const network: NbeatsNetwork<T> = { config, blocks, parameters: all, bases };
  const model = assembleModel(ops, {
    modelType: 'nbeats',
    config: { ...config } as NbeatsModel<T>['config'],
    parameters: all,
    aliases: sharedNames(config, blocks),
    constants: bases.flatMap((basis) => (basis ? [basis.backcast, basis.forecast] : [])),
    start,
    forward: (window, run) => {
      const { parts, back } = forecastParts(ops, network, window, run);
      return ops.transpose(sumInUnit(ops, config, parts, back), [0, 2, 1]);
    },
  });
  return {
    ...(model as NbeatsModel<T>),
    loadWeights: (arrays) => model.loadWeights(withoutBases(arrays)),
    decompose: (window) => ops.tidy(() => namedParts(ops, network, window)),
  };
}

const plainRun: ForwardRun = { training: false, random: { seed: 0, counter: 0 } };

function namedParts<T extends Tensor>(
  ops: NetworkOps<T>,
  network: NbeatsNetwork<T>,
  window: WindowTensors<T>,
): NbeatsPart<T>[] {
  const { config, blocks } = network;
  const { parts, back } = forecastParts(ops, network, window, plainRun);
  const zeros = ops.zeros([window.input.shape[0]!, config.outputs, config.horizon]);
  return scaleBack(ops, config, parts, back).map((part, i) => {
    const { stack, type } = i === 0 ? ({ stack: null, type: 'level' } as const) : blocks[i - 1]!;
    return { stack, type, forecast: ops.transpose(i === 0 ? ops.add(zeros, part) : part, [0, 2, 1]) };
  });
}

/** The block's functions of time, out of reach of any `tidy`. */
function createBasis<T extends Tensor>(
  ops: NetworkOps<T>,
  config: NbeatsConfig,
  block: BlockPlan,
): BlockBasis<T> | null {
  const bases = basesOf(config, block);
  const kept = (values: Float64Array, length: number): T => ops.keep(ops.tensor(values, [block.functions, length]));
  return bases && { backcast: kept(bases.backcast, config.inputSize), forecast: kept(bases.forecast, config.horizon) };
}

/** neuralforecast's state dictionaries hold the functions as parameters that are not trained; here they follow from the options. */
const withoutBases = (arrays: NamedArrays): NamedArrays =>
  Object.fromEntries(Object.entries(arrays).filter(([name]) => !/\.basis\.(backcast|forecast)_basis$/.test(name)));
