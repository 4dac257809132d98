import { describe, expect, it } from 'vitest';
import {
  constantFactor,
  cosine,
  cosineWarmRestarts,
  exponential,
  linear,
  multiStep,
  polynomial,
  type Schedule,
  sequence,
  step,
} from '../src/index.ts';
import { oneCycle } from '../src/one-cycle.ts';
import { parity, parityPastTurn, relativeError } from './tolerances.ts';

/** `rate` before and `update` = PyTorch's `last_epoch` after the step; gives the rate that the update `update` uses. */
type Recursion = (rate: number, update: number) => number;

const learningRate = 0.1;
const { cos, PI } = Math;

/** `CosineAnnealingLR.get_lr`, which turns around at every multiple of T_max. */
const cosineRecursion =
  (tMax: number, etaMin: number): Recursion =>
  (rate, update) =>
    (update - 1 - tMax) % (2 * tMax) === 0
      ? rate + ((learningRate - etaMin) * (1 - cos(PI / tMax))) / 2
      : ((1 + cos((PI * update) / tMax)) / (1 + cos((PI * (update - 1)) / tMax))) * (rate - etaMin) + etaMin;

/** `LinearLR.get_lr`. */
const linearRecursion =
  (start: number, end: number, total: number): Recursion =>
  (rate, update) =>
    update > total ? rate : rate * (1 + (end - start) / (total * start + (update - 1) * (end - start)));

/** `CosineAnnealingWarmRestarts.step` without argument keeps the position in the cycle. */
function restartsRecursion(t0: number, tMult: number, etaMin: number): Recursion {
  let [current, length] = [0, t0];
  return () => {
    current += 1;
    if (current >= length) [current, length] = [current - length, length * tMult];
    return etaMin + ((learningRate - etaMin) * (1 + cos((PI * current) / length))) / 2;
  };
}

/** `OneCycleLR.get_lr` walks through its phases. */
function oneCycleRecursion(total: number, pct: number): Recursion {
  const [first, last] = [learningRate / 25, learningRate / 25 / 1e4];
  const anneal = (start: number, end: number, part: number) => end + ((start - end) / 2) * (cos(PI * part) + 1);
  const top = pct * total - 1;
  return (_, update) =>
    update <= top
      ? anneal(first, learningRate, update / top)
      : anneal(learningRate, last, (update - top) / (total - 1 - top));
}

const decays = (at: (update: number) => boolean, gamma: number): Recursion => {
  return (rate, update) => (at(update) ? rate * gamma : rate);
};

type Row = readonly [name: string, schedule: Schedule, recursion: Recursion, first?: number, tolerance?: number];

const table: readonly Row[] = [
  ['exponential', exponential({ learningRate, gamma: 0.9995 }), decays(() => true, 0.9995)],
  ['step', step({ learningRate, stepSize: 7, gamma: 0.99 }), decays((update) => update % 7 === 0, 0.99)],
  [
    'multiStep',
    multiStep({ learningRate, milestones: [10, 5000, 9999, 10_000], gamma: 0.3 }),
    decays((update) => [10, 5000, 9999, 10_000].includes(update), 0.3),
  ],
  [
    'linear, still moving',
    linear({ learningRate, startFactor: 0.001, endFactor: 1, totalIters: 10_007 }),
    linearRecursion(0.001, 1, 10_007),
    learningRate * 0.001,
  ],
  [
    'linear, falling, ended',
    linear({ learningRate, startFactor: 1, endFactor: 0.01, totalIters: 9000 }),
    linearRecursion(1, 0.01, 9000),
  ],
  [
    'constantFactor',
    constantFactor({ learningRate, factor: 0.3, totalIters: 9000 }),
    decays((update) => update === 9000, 1 / 0.3),
    learningRate * 0.3,
  ],
  [
    'polynomial, near its end',
    polynomial({ learningRate, totalIters: 10_003, power: 1.7 }),
    (rate, update) => rate * ((1 - update / 10_003) / (1 - (update - 1) / 10_003)) ** 1.7,
  ],
  ['cosine, near its end', cosine({ learningRate, tMax: 10_002 }), cosineRecursion(10_002, 0)],
  ['cosine, half way', cosine({ learningRate, tMax: 20_000, etaMin: 1e-5 }), cosineRecursion(20_000, 1e-5)],
  [
    'cosine, risen again',
    cosine({ learningRate, tMax: 7000, etaMin: 0.001 }),
    cosineRecursion(7000, 0.001),
    learningRate,
    parityPastTurn,
  ],
  ['cosineWarmRestarts, equal', cosineWarmRestarts({ learningRate, t0: 13 }), restartsRecursion(13, 1, 0)],
  [
    'cosineWarmRestarts, doubling',
    cosineWarmRestarts({ learningRate, t0: 3, tMult: 2, etaMin: 1e-4 }),
    restartsRecursion(3, 2, 1e-4),
  ],
  [
    'oneCycle',
    oneCycle({ maxLearningRate: learningRate, totalSteps: 10_001, pctStart: 0.25 }).learningRate,
    oneCycleRecursion(10_001, 0.25),
    learningRate / 25,
  ],
  [
    'sequence of linear and exponential',
    sequence({
      schedules: [
        linear({ learningRate, startFactor: 0.1, totalIters: 500 }),
        exponential({ learningRate, gamma: 0.9997 }),
      ],
      milestones: [500],
    }),
    (rate, update) =>
      update < 500 ? linearRecursion(0.1, 1, 500)(rate, update) : update === 500 ? learningRate : rate * 0.9997,
    learningRate * 0.1,
  ],
];

describe('the closed form against the recursion of PyTorch', () => {
  for (const [name, schedule, recursion, first = learningRate, tolerance = parity] of table) {
    it(`${name} agrees after 10,000 updates, and on the way`, () => {
      let rate = first;
      let worst = relativeError(schedule(0), rate);
      for (let update = 1; update <= 10_000; update += 1) {
        rate = recursion(rate, update);
        worst = Math.max(worst, relativeError(schedule(update), rate));
      }
      expect(rate).toBeGreaterThan(0);
      expect(relativeError(schedule(10_000), rate)).toBeLessThan(tolerance);
      expect(worst).toBeLessThan(tolerance);
    });
  }
});
