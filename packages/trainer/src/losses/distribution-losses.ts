import type { NetworkOps, Tensor } from '@nt/tensor';
import type { Loss } from './loss.ts';
import { outputsOf } from './outputs-of.ts';
import { scalar } from './scalar.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Negative log likelihood of a Normal distribution, in nats.
 *
 * Outputs of the prediction: mean, standard deviation (> 0; the model's head sees to it).
 * Source: torch.distributions.Normal.
 */
export function normalLoss(): Loss {
  return (ops, prediction, target, where) => {
    const [mean, deviation] = outputsOf(ops, 'normalLoss', prediction, target, 2) as Pair<typeof target>;
    const z = ops.div(ops.sub(target, mean), deviation);
    const halfSquare = ops.mul(ops.mul(z, z), scalar(ops, 0.5));
    const points = ops.add(ops.add(halfSquare, ops.log(deviation)), scalar(ops, 0.5 * Math.log(2 * Math.PI)));
    return weightedMean(ops, points, where);
  };
}

/**
 * Negative log likelihood of Student's t distribution, in nats: heavier tails than Normal.
 *
 * Outputs of the prediction: degrees of freedom (> 0), location, scale (> 0), in PyTorch's order.
 * Source: torch.distributions.StudentT.
 */
export function studentTLoss(): Loss {
  return (ops, prediction, target, where) => {
    const [freedom, location, scale] = outputsOf(ops, 'studentTLoss', prediction, target, 3) as Triple<typeof target>;
    const z = ops.div(ops.sub(target, location), scale);
    const half = ops.mul(freedom, scalar(ops, 0.5));
    const halfMore = ops.add(half, scalar(ops, 0.5));
    const normalizer = ops.add(
      ops.add(ops.log(scale), ops.mul(ops.log(ops.mul(freedom, scalar(ops, Math.PI))), scalar(ops, 0.5))),
      ops.sub(ops.logGamma(half), ops.logGamma(halfMore)),
    );
    const tail = ops.mul(halfMore, logOnePlus(ops, ops.div(ops.mul(z, z), freedom)));
    return weightedMean(ops, ops.add(normalizer, tail), where);
  };
}

/**
 * Negative log likelihood of the negative binomial distribution, in nats, for counts 0, 1, 2, …
 *
 * Outputs of the prediction: mean μ (> 0), dispersion α (> 0); the variance is μ + α μ².
 * Source: torch.distributions.NegativeBinomial with total_count 1/α and probs αμ ÷ (1 + αμ).
 */
export function negativeBinomialLoss(): Loss {
  return (ops, prediction, target, where) => {
    const [mean, dispersion] = outputsOf(ops, 'negativeBinomialLoss', prediction, target, 2) as Pair<typeof target>;
    const total = ops.div(scalar(ops, 1), dispersion);
    const product = ops.mul(dispersion, mean);
    const logOdds = ops.sub(ops.log(product), logOnePlus(ops, product));
    const combinations = ops.sub(
      ops.sub(ops.logGamma(ops.add(target, total)), ops.logGamma(total)),
      ops.logGamma(ops.add(target, scalar(ops, 1))),
    );
    const powers = ops.sub(ops.mul(target, logOdds), ops.mul(total, logOnePlus(ops, product)));
    return weightedMean(ops, ops.mul(ops.add(combinations, powers), scalar(ops, -1)), where);
  };
}

type Pair<T> = [T, T];
type Triple<T> = [T, T, T];

function logOnePlus<T extends Tensor>(ops: NetworkOps<T>, x: T): T {
  return ops.log(ops.add(x, scalar(ops, 1)));
}
