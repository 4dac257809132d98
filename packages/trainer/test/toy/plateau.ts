import type { MetricObserver } from '../../src/index.ts';

/** The shape of a plateau observer of a schedulers package: halves the rate after `patience` checks without progress. */
export function reduceOnPlateau(
  rate: number,
  patience: number,
): MetricObserver & { readonly learningRate: () => number } {
  let state = { rate, best: Number.POSITIVE_INFINITY, bad: 0 };
  return {
    learningRate: () => state.rate,
    observe(metric) {
      const better = metric < state.best;
      state = { rate: state.rate, best: Math.min(metric, state.best), bad: better ? 0 : state.bad + 1 };
      if (state.bad > patience) state = { ...state, rate: state.rate / 2, bad: 0 };
    },
    state: () => state,
    restore(saved) {
      state = saved as typeof state;
    },
  };
}
