import type { NetworkOps, Tensor } from '@nt/tensor';
import type { Loss } from './loss.ts';
import { outputsOf } from './outputs-of.ts';
import { scalar } from './scalar.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * Negative log likelihood of a Normal distribution, in nats.
 *
 *     mean of  ½((y − μ)/σ)² + log σ + ½ log 2π
 *
 * Outputs of the prediction: mean, standard deviation (> 0; the model's head sees to it).
 * Source: torch.distributions.Normal.
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { normalLoss } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 1, 2, 1, 3, 1], [1, 3, 2]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = normalLoss()(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 1.7523
 * ```
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
 *     mean of  log Γ(½ν) − log Γ(½ν + ½) + ½ log(πν) + log σ + ½(ν + 1) log(1 + z²/ν),  z = (y − μ)/σ
 *
 * Outputs of the prediction: degrees of freedom (> 0), location, scale (> 0), in PyTorch's order.
 * Source: torch.distributions.StudentT.
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { studentTLoss } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([5, 1, 1, 5, 2, 1, 5, 3, 1], [1, 3, 3]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = studentTLoss()(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 1.7387
 * ```
 */
export function studentTLoss(): Loss {
  return (ops, prediction, target, where) => {
    const [freedom, location, scale] = outputsOf(ops, 'studentTLoss', prediction, target, 3) as Triple<typeof target>;
    const z = ops.div(ops.sub(target, location), scale);
    const half = ops.mul(freedom, scalar(ops, 0.5));
    const halfMore = ops.add(half, scalar(ops, 0.5));
    // log Γ(½ν) + ½ log νπ − log Γ(½ν + ½), of which ½ log ½ν is taken on both sides.
    const normalizer = ops.sub(
      ops.add(ops.log(scale), scalar(ops, 0.5 * Math.log(2 * Math.PI))),
      logRising(ops, half, scalar(ops, 0.5)),
    );
    const tail = ops.mul(halfMore, logOnePlus(ops, ops.div(ops.mul(z, z), freedom)));
    return weightedMean(ops, ops.add(normalizer, tail), where);
  };
}

/**
 * Negative log likelihood of the negative binomial distribution, in nats, for counts 0, 1, 2, …
 *
 *     mean of  log Γ(k) + log Γ(y + 1) − log Γ(y + k) + (y + k) log(1 + αμ) − y log(αμ),  k = 1/α
 *
 * Outputs of the prediction: mean μ (> 0), dispersion α (> 0); the variance is μ + α μ².
 * Source: torch.distributions.NegativeBinomial with total_count 1/α and probs αμ ÷ (1 + αμ).
 *
 * @example
 * ```ts
 * import { createReferenceBackend } from '@nt/tensor/reference';
 * import { negativeBinomialLoss } from '@nt/trainer/losses';
 *
 * const { ops } = createReferenceBackend();
 * const prediction = ops.tensor([1, 0.5, 2, 0.5, 3, 0.5], [1, 3, 2]);
 * const target = ops.tensor([1, 4, 2], [1, 3]);
 * const loss = negativeBinomialLoss()(ops, prediction, target);
 * console.log((await loss.data())[0]?.toFixed(4));
 * //> 1.8405
 * ```
 */
export function negativeBinomialLoss(): Loss {
  return (ops, prediction, target, where) => {
    const [mean, dispersion] = outputsOf(ops, 'negativeBinomialLoss', prediction, target, 2) as Pair<typeof target>;
    const total = ops.div(scalar(ops, 1), dispersion);
    const spread = logOnePlus(ops, ops.mul(dispersion, mean));
    const counts = ops.sub(ops.mul(target, ops.log(mean)), ops.logGamma(ops.add(target, scalar(ops, 1))));
    const powers = ops.mul(ops.add(target, total), spread);
    const points = ops.sub(ops.sub(powers, counts), logRising(ops, total, target));
    return weightedMean(ops, points, where);
  };
}

/** Steps above which Stirling's series is accurate: as `logGamma` has it. */
const shift = 8;

/**
 * log Γ(k + y) − log Γ(k) − y log k. From the parts that stay small: with little dispersion k is large, each log Γ some
 * hundred, and what remains of their difference in float32 was less than its gradient needs.
 *
 * Source: Stirling's series (Abramowitz & Stegun 6.1.40) at k + 8, and Γ(x + 1) = x Γ(x).
 */
function logRising<T extends Tensor>(ops: NetworkOps<T>, k: T, y: T): T {
  const above = ops.add(k, scalar(ops, shift));
  const whole = ops.add(above, y);
  const main = ops.sub(
    ops.mul(ops.sub(whole, scalar(ops, 0.5)), logOnePlus(ops, ops.div(y, above))),
    ops.sub(y, ops.mul(y, logOnePlus(ops, ops.div(scalar(ops, shift), k)))),
  );
  const rest = ops.sub(stirlingRest(ops, whole), stirlingRest(ops, above));
  let below = logOnePlus(ops, ops.div(y, k));
  for (let i = 1; i < shift; i++) below = ops.add(below, logOnePlus(ops, ops.div(y, ops.add(k, scalar(ops, i)))));
  return ops.sub(ops.add(main, rest), below);
}

/** B₂ₖ / (2k (2k − 1)), k = 1 …: what is left from 8 on is below 1e-13. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360];

/** 1/12x − 1/360x³ + …: what log Γ(x) is more than (x − ½) log x − x + ½ log 2π. */
function stirlingRest<T extends Tensor>(ops: NetworkOps<T>, x: T): T {
  const r = ops.div(scalar(ops, 1), x);
  const square = ops.mul(r, r);
  const [last, ...others] = [...stirling].reverse();
  const sum = others.reduce<T>((rest, c) => ops.add(ops.mul(rest, square), scalar(ops, c)), scalar(ops, last!));
  return ops.mul(r, sum);
}

type Pair<T> = [T, T];
type Triple<T> = [T, T, T];

/** log(1 + x), also of small x: what was lost in 1 + x is added again (Kahan). */
function logOnePlus<T extends Tensor>(ops: NetworkOps<T>, x: T): T {
  const one = scalar(ops, 1);
  const sum = ops.add(x, one);
  const lost = ops.sub(x, ops.sub(sum, one));
  return ops.add(ops.log(sum), ops.div(lost, sum));
}
