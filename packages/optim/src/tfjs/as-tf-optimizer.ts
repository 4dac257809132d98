import { serialization } from '@tensorflow/tfjs-core';
import type { GradientTransform } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import { checkOptions } from '../options/check-options.ts';
import { checkTransform } from '../options/check-transform.ts';
import { checkInteger } from '../options/hyperparameter.ts';
import { TfOptimizer } from './tf-optimizer.ts';

/** Options of `asTfOptimizer`. */
export interface AsTfOptimizerOptions {
  /** Under which it stands in saved models; letters and digits, default `NtOptimizer`. */
  readonly className?: string;
  /** Micro-batches per update, as in `createOptimizer`; default 1. */
  readonly accumulate?: number;
  /** Skip updates whose gradients are not finite, as in `createOptimizer`; default false. */
  readonly skipNonFinite?: boolean;
}

/**
 * Makes any transform a `tf.Optimizer`: for `LayersModel.compile` and `fit`, for `minimize`, for `model.save` with
 * `includeOptimizer`.
 *
 * A saved model holds the optimizer's state, but not the recipe, which is a program: call this with the same transform
 * and class name before `tf.loadLayersModel`.
 *
 *   model.compile({ optimizer: asTfOptimizer(adamw({ learningRate: 1e-3 })), loss: 'meanSquaredError' });
 *
 * @throws OptimError `optim/unknown-option`, `optim/option` (class name), `optim/transform`
 */
export function asTfOptimizer(transform: GradientTransform, options: AsTfOptimizerOptions = {}): TfOptimizer {
  checkOptions('asTfOptimizer', options, ['className', 'accumulate', 'skipNonFinite']);
  const { className = 'NtOptimizer', ...rest } = options;
  if (typeof className !== 'string' || !/^[A-Za-z][A-Za-z0-9]*$/.test(className)) {
    // tfjs-layers rewrites names with underscores when it saves and loads.
    throw new OptimError(
      'optim/option',
      `asTfOptimizer.className: expected letters and digits only, got '${String(className)}'.`,
      { className },
    );
  }
  checkTransform('asTfOptimizer', transform);
  checkInteger('asTfOptimizer.accumulate', rest.accumulate ?? 1, 1);
  const create = (): TfOptimizer => new TfOptimizer({ transform, className, ...rest });
  serialization.registerClass(loadable(className, transform.name, create));
  return create();
}

/** What tfjs calls when it loads a model whose optimizer has this class name. */
function loadable(
  className: string,
  transformName: string,
  create: () => TfOptimizer,
): serialization.SerializableConstructor<TfOptimizer> {
  return class extends TfOptimizer {
    static readonly className = className;
    static override fromConfig<S extends serialization.Serializable>(
      _: serialization.SerializableConstructor<S>,
      config: serialization.ConfigDict,
    ): S {
      if (config['name'] === transformName) return create() as unknown as S;
      throw new OptimError(
        'optim/transform',
        `The saved model was trained with '${String(config['name'])}', but '${className}' was last given '${transformName}'. Call asTfOptimizer with the transform of the model, and a className of its own, before loading.`,
        { saved: config['name'], registered: transformName },
      );
    }
  };
}
