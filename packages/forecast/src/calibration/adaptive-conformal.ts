import { badArgument, checkFraction, checkInteger, checkKeys, checkLength, checkList } from '../check-arguments.ts';
import { type CalibrationState, checkCalibrationState } from './calibration-state.ts';
import { conformalQuantile } from './conformal-radius.ts';
import { aroundPoint, type ConformalInterval } from './split-conformal.ts';

const ends = ['infinite', 'largest'] as const;

/** Options of `adaptiveConformal`. */
export interface AdaptiveConformalOptions {
  /** the share to cover in the long run, between 0 and 1: 0.9 */
  readonly level: number;
  /** steps in a window */
  readonly horizon: number;
  /** γ: how much one miss moves the miscoverage asked for; > 0, default 0.005 */
  readonly learningRate?: number | undefined;
  /** newest scores of a step that are kept; default: all */
  readonly memory?: number | undefined;
  /**
   * where an interval ends when α asks for more than any error so far: `infinite` (default) keeps the promise, `largest`
   * ends at the largest error so far, so that mean widths stay finite and coverage may fall short of the level
   */
  readonly beyond?: (typeof ends)[number] | undefined;
  /** absolute errors of each step to start from, in time order, such as the scores of `fitSplitConformal`; default none */
  readonly scores?: readonly (readonly number[])[] | undefined;
}

/** Everything that an adaptive calibration remembers. JSON. */
export interface AdaptiveConformalState extends CalibrationState<'adaptive-conformal'> {
  readonly level: number;
  readonly learningRate: number;
  readonly memory: number | null;
  readonly beyond: (typeof ends)[number];
  /** for each step the miscoverage asked for at present; below 0 = no end, above 1 = a point */
  readonly alphas: readonly number[];
}

/** A step of a window whose value has become known, with what was forecast for it. */
export interface ObservedStep {
  /** from 0 */
  readonly step: number;
  /** NaN = not known after all: nothing is learnt */
  readonly actual: number;
  readonly point: number;
  readonly lower: number;
  readonly upper: number;
}

/** Intervals that learn from their own misses. */
export interface AdaptiveConformal {
  /**
   * the interval of the next window, before anything of it is known
   *
   * @param point `[horizon]`, the forecast of one window
   */
  interval(point: ArrayLike<number>): ConformalInterval;
  /** tells what happened, each step when its value is known and in time order; never before */
  observe(observed: ObservedStep): void;
  /** a copy of all it remembers */
  state(): AdaptiveConformalState;
}

/**
 * Adaptive conformal inference, for each step of the horizon: after every value α ← α + γ (1 − level − missed), and the next
 * interval is point ± the ⌈(n + 1)(1 − α)⌉-th smallest error so far. The share covered tends to the level whatever the
 * series does: after T values it is off by at most (max(α₁, 1 − α₁) + dγ) / (γ T), where d values pass until one is known.
 *
 * After many misses α falls below 0 and the interval has no ends (`infinite` counts them): that is what the promise costs;
 * see `beyond`.
 *
 * @param start options, or a state to go on from
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`; `forecast/model-file` for a damaged state
 * Source: Gibbs & Candès 2021, equation 2. Differs: an empty interval is the point forecast; each step has its own α, and
 * hears of a miss when the value is known, which for step h is h values later.
 */
export function adaptiveConformal(start: AdaptiveConformalOptions | AdaptiveConformalState): AdaptiveConformal {
  const begun = 'method' in start ? checkState(start) : firstState(start);
  const { level, horizon, learningRate, memory, beyond } = begun;
  const alphas = [...begun.alphas];
  const arrived = begun.scores.map((list) => (memory ? list.slice(-memory) : [...list]));
  const sorted = arrived.map((list) => [...list].sort((a, b) => a - b));
  return {
    interval(point) {
      checkLength('adaptiveConformal', 'point', point, horizon, 'one for each step');
      return aroundPoint(point, (step) => {
        const radius = Math.max(0, conformalQuantile(sorted[step]!, 1 - alphas[step]!));
        return beyond === 'largest' ? Math.min(radius, sorted[step]!.at(-1) ?? Infinity) : radius;
      });
    },
    observe({ step, actual, point, lower, upper }) {
      if (!(step in alphas)) throw badArgument(`adaptiveConformal: there is no step ${step} in ${horizon} steps.`);
      const score = Math.abs(actual - point);
      if (Number.isNaN(score)) return;
      const isMissed = !(actual >= lower && actual <= upper);
      alphas[step] = alphas[step]! + learningRate * (1 - level - Number(isMissed));
      arrived[step]!.push(score);
      sorted[step]!.splice(firstNotBelow(sorted[step]!, score), 0, score);
      if (!memory || arrived[step]!.length <= memory) return;
      sorted[step]!.splice(firstNotBelow(sorted[step]!, arrived[step]!.shift()!), 1);
    },
    state: () => ({ ...begun, alphas: [...alphas], scores: arrived.map((list) => [...list]) }),
  };
}

function firstState(options: AdaptiveConformalOptions): AdaptiveConformalState {
  const owner = 'adaptiveConformal';
  checkKeys(owner, options, ['level', 'horizon', 'learningRate', 'memory', 'beyond', 'scores']);
  const { level, horizon, learningRate = 0.005, memory = null, beyond = 'infinite' } = options;
  checkFraction(owner, 'level', level);
  checkInteger('horizon', horizon, 1);
  if (memory !== null) checkInteger('memory', memory, 1);
  if (!(Number.isFinite(learningRate) && learningRate > 0)) {
    throw badArgument(`${owner}: learningRate: expected a number > 0, got ${learningRate}.`, {
      option: 'learningRate',
    });
  }
  if (!ends.includes(beyond)) {
    throw badArgument(`${owner}: beyond: expected one of ${ends.join(', ')}, got ${beyond}.`, { option: 'beyond' });
  }
  const { scores = Array.from({ length: horizon }, () => []) } = options;
  checkLength(owner, 'scores', scores, horizon, 'a list for each step');
  for (const list of scores) checkList(`${owner}: scores`, list, 'numbers for each step');
  const alphas = Array.from({ length: horizon }, () => 1 - level);
  return { method: 'adaptive-conformal', version: 1, level, horizon, learningRate, memory, beyond, alphas, scores };
}

function checkState(value: AdaptiveConformalState): AdaptiveConformalState {
  const state = checkCalibrationState<AdaptiveConformalState>(value, 'adaptive-conformal', ['level', 'learningRate']);
  checkLength('adaptiveConformal', 'alphas', state.alphas?.filter(Number.isFinite), state.horizon, 'one for each step');
  return state;
}

function firstNotBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
