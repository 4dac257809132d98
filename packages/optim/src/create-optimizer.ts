import type { Tensor } from '@nt/tensor';
import { OptimizerDriver } from './driver/optimizer-driver.ts';
import type { Optimizer, OptimizerOptions } from './optimizer.ts';

/**
 * Binds a transform to parameters and an engine.
 *
 * All elementwise parts of the chain become one elementwise rule for each parameter: on an engine with the
 * `NtElementwise` kernel an update is one pass over memory. State is created in the first update.
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`, `optim/parameters`, `optim/transform` (not a
 *   transform, or one that changes no weight)
 */
export function createOptimizer<T extends Tensor>(options: OptimizerOptions<T>): Optimizer<T> {
  return new OptimizerDriver(options);
}
