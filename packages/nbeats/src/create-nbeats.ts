import { assembleModel, checkWindow, initialSlope, initialWeights, parameterStore, runLayers } from '@nt/layers';
import type { ForwardRun, NamedArrays, NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import { type BlockPlan, planBlocks, sharedNames } from './block-plan.ts';
import { nbeatsConfig } from './nbeats-config.ts';
import type { NbeatsModel, NbeatsPart } from './nbeats-model.ts';
import type { NbeatsConfig, NbeatsOptions } from './nbeats-options.ts';
import { type BlockBasis, readTheta } from './read-theta.ts';
import { seasonalityBasis } from './seasonality-basis.ts';
import { trendBasis } from './trend-basis.ts';

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
 * neuralforecast's names and layout in `saveWeights` and `loadWeights`; the functions in its files are not read.
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
  const { all, add, addLayer } = parameterStore(ops, scope);
  const layers = [...new Map(blocks.flatMap((block) => block.layers.map((layer) => [layer.name, layer]))).values()];
  const drawn = weightsFollow ? undefined : initialWeights(layers, seed);
  for (const layer of layers) addLayer(layer, drawn?.get(layer.name));
  for (const name of new Set(blocks.flatMap(({ slopes }) => slopes.slice(0, 1)))) add(name, [initialSlope], [1]);
  const bases = blocks.map((block) => createBasis(ops, config, block));
  const parts = (window: WindowTensors<T>, run: ForwardRun): T[] => {
    checkWindow(config, window);
    const [batch, inputSize] = window.input.shape as [number, number];
    const mask = window.inputMask && ops.reverse(window.inputMask, 1);
    let residual = ops.reverse(window.input, 1);
    const forecasts = blocks.map((block, index) => {
      const place = { ...run, block: index, blocks: blocks.length, dropoutRate: 0 };
      const theta = runLayers(ops, block, residual, all, place);
      const { backcast, forecast } = readTheta(ops, config, block, bases[index]!, theta);
      const left = ops.sub(residual, backcast);
      residual = mask ? ops.mul(left, mask) : left;
      return forecast;
    });
    return [ops.reshape(ops.slice(window.input, [0, inputSize - 1], [batch, 1]), [batch, 1, 1]), ...forecasts];
  };
  const model = assembleModel(ops, {
    modelType: 'nbeats',
    config: { ...config } as NbeatsModel<T>['config'],
    parameters: all,
    aliases: sharedNames(config, blocks),
    constants: bases.flatMap((basis) => (basis ? [basis.backcast, basis.forecast] : [])),
    start,
    forward: (window, run) => parts(window, run).reduce((sum, part) => ops.add(sum, part)),
  });
  return {
    ...(model as NbeatsModel<T>),
    loadWeights: (arrays) => model.loadWeights(withoutBases(arrays)),
    decompose: (window) => ops.tidy(() => namedParts(ops, config, blocks, parts(window, plainRun))),
  };
}

const plainRun: ForwardRun = { training: false, random: { seed: 0, counter: 0 } };

function namedParts<T extends Tensor>(
  ops: NetworkOps<T>,
  { horizon, outputs }: NbeatsConfig,
  blocks: readonly BlockPlan[],
  [level, ...forecasts]: readonly T[],
): NbeatsPart<T>[] {
  const whole = ops.add(ops.zeros([level!.shape[0]!, horizon, outputs]), level!);
  const ofBlocks = forecasts.map((forecast, i) => ({ stack: blocks[i]!.stack, type: blocks[i]!.type, forecast }));
  return [{ stack: null, type: 'level', forecast: whole }, ...ofBlocks];
}

/** The block's functions of time, out of reach of any `tidy`. */
function createBasis<T extends Tensor>(
  ops: NetworkOps<T>,
  { inputSize, horizon, basis, nHarmonics }: NbeatsConfig,
  { type, functions }: BlockPlan,
): BlockBasis<T> | null {
  if (type === 'identity') return null;
  const over = (length: number, direction: 1 | -1): T => {
    const values =
      type === 'trend'
        ? trendBasis(basis, functions, length)
        : seasonalityBasis(nHarmonics, horizon, length, direction);
    return ops.keep(ops.tensor(values, [functions, length]));
  };
  return { backcast: over(inputSize, -1), forecast: over(horizon, 1) };
}

/** neuralforecast's state dictionaries hold the functions as parameters that are not trained; here they follow from the options. */
const withoutBases = (arrays: NamedArrays): NamedArrays =>
  Object.fromEntries(Object.entries(arrays).filter(([name]) => !/\.basis\.(backcast|forecast)_basis$/.test(name)));
