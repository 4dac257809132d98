import { assembleModel, checkWindow, parameterStore } from '@nt/layers';
import type { Json, NamedArrays, NetworkOps, NeuralModel, Tensor } from '@nt/tensor';
import { columnCount, linearColumns } from './linear-columns.ts';
import { type LinearConfig, type LinearOptions, linearConfig } from './linear-options.ts';

/** A linear network on one engine. */
export type LinearModel<T extends Tensor> = NeuralModel<T> & {
  readonly modelType: 'linear';
  readonly config: Json & LinearConfig;
};

/** How a linear network is made, apart from what it looks like. */
export interface CreateLinearOptions {
  /** Goes before the names of the engine's variables, so that several models can live at once; default ''. */
  readonly scope?: string;
  /** Weights to begin with instead of zeros, as `saveWeights` names and shapes them and `ridgeNetwork` gives them. */
  readonly start?: NamedArrays;
}

/** Names of the weights: `[horizon · outputs, columns]` and `[horizon · outputs]` in files, as PyTorch's `Linear`. */
export const linearNames = { weight: 'linear.weight', bias: 'linear.bias' } as const;

/**
 * A linear forecaster as a network, to run on any engine and to train by gradient:
 *
 *   ŷ = centre + W [x − centre, covariates] + b
 *
 * from zero, where it forecasts the centre, or from the weights of a ridge. A step that was not observed has the value of
 * the step before. `centre`: NLinear's last value (Zeng et al., AAAI 2023), or the mean of a season.
 *
 * @throws LinearError `linear/option`, `linear/unknown-option`; LayersError `layers/weights` for a `start` that does not fit
 */
export function createLinear<T extends Tensor>(
  ops: NetworkOps<T>,
  options: LinearOptions,
  { scope = '', start = {} }: CreateLinearOptions = {},
): LinearModel<T> {
  const config = linearConfig(options);
  const { horizon, outputs } = config;
  const { all, add } = parameterStore(ops, scope);
  add(linearNames.weight, undefined, [columnCount(config), horizon * outputs]);
  add(linearNames.bias, undefined, [horizon * outputs]);
  return assembleModel(ops, {
    modelType: 'linear',
    config: { ...config },
    parameters: all,
    start,
    forward: (window) => {
      checkWindow(config, window);
      const { columns, centre } = linearColumns(ops, config, window);
      const batch = columns.shape[0]!;
      const [weight, bias] = [all.get(linearNames.weight)! as T, all.get(linearNames.bias)! as T];
      const line = ops.reshape(ops.dense(columns, weight, bias, 'linear'), [batch, horizon, outputs]);
      return ops.add(line, ops.reshape(centre, [batch, 1, 1]));
    },
  }) as LinearModel<T>;
}
