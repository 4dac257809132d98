import { type Scaler, type SeriesSet, type StepRanges, scalerFromJson, type Windows } from '@nt/data';
import { Workspace } from './algebra/workspace.ts';
import { gatherEquations } from './fit/gather-equations.ts';
import { rollEquations } from './fit/roll-equations.ts';
import { type RidgeEquations, type RidgeMatrices, solveChoice } from './fit/solve-choice.ts';
import type { WindowSource } from './fit/window-source.ts';
import { LinearError } from './linear-error.ts';
import { type LagLayout, lagLayout } from './moments/lag-layout.ts';
import { checkCovariates, checkSameSeries } from './saved/check-set.ts';
import { learnedWindows, type RidgeState, timesOf } from './saved/ridge-state.ts';
import { forecastOrigins } from './windows/forecast-origins.ts';
import { seriesChannels } from './windows/series-channels.ts';

/** What a fitted linear model is made of. */
export interface RidgeParts {
  readonly state: RidgeState;
  readonly matrices: RidgeMatrices;
  /** Where they are kept. */
  readonly equations: RidgeEquations | null;
}

/** A linear forecaster. It never changes: `roll` and `refit` give new ones. */
export class FittedRidge {
  readonly state: RidgeState;
  /** For each forecast step the weights of what a window shows, in scaled units. */
  readonly matrices: RidgeMatrices;
  readonly equations: RidgeEquations | null;
  readonly #layout: LagLayout;
  readonly #scaler: Scaler;

  /** For `fitRidge` and `loadRidge`. */
  constructor({ state, matrices, equations }: RidgeParts) {
    this.state = state;
    this.matrices = matrices;
    this.equations = equations;
    this.#layout = lagLayout(state.columns);
    this.#scaler = scalerFromJson(state.scaler);
  }

  /** Time steps forecast at once. */
  get horizon(): number {
    return this.state.columns.horizon;
  }

  /** Time steps before a forecast that are looked at. */
  get lookback(): number {
    return this.state.columns.lookback;
  }

  /**
   * Forecasts from each window's origin on; nothing of the target at or behind the origin is read. A series without a
   * matrix of its own uses the shared one; one that was not in the fit is scaled by its steps before the first window. Where a series is shorter than the look-back its first value stands before it.
   *
   * @param windows over data in their unit; their own look-back does not matter
   * @returns `[windows, horizon]` in the data's unit
   * @throws LinearError `linear/covariates`, `linear/shape`
   */
  async forecastWindows(windows: Windows): Promise<Float64Array> {
    const { set, horizon, bounds } = windows;
    checkCovariates(this.state.covariates, set);
    if (horizon !== this.horizon) {
      throw new LinearError(
        'linear/shape',
        `forecastWindows: expected windows of horizon ${this.horizon}, got ${horizon}.`,
        {
          expected: this.horizon,
          received: horizon,
        },
      );
    }
    const space = await Workspace.open();
    const scaler = this.#scaler.extend(set, { ranges: stepsBefore(windows) });
    const scaled = scaler.transform(set, { precision: 'float64' });
    const out = new Float64Array(windows.count * horizon);
    for (const [series, id] of set.ids.entries()) {
      const first = bounds[series]!;
      const count = bounds[series + 1]! - first;
      if (count === 0) continue;
      const origins = Float64Array.from({ length: count }, (_, row) => windows.locate(first + row).origin);
      const weights = this.matrices.own.get(id) ?? this.matrices.shared;
      const channels = seriesChannels(scaled, series, this.#layout);
      const forecasts = forecastOrigins(space, this.#layout, channels, origins, weights);
      out.set(scaler.inverse(forecasts, id), first * horizon);
    }
    return out;
  }

  /**
   * The same model for other windows, by adding those that are new to the normal equations and taking away those that
   * are no longer meant: daily recalibration without reading the past again. λ, look-backs and scales stay.
   *
   * @param set the series of the fit, in their order and from the same first step on, with newer values behind
   * @param ranges the steps in which targets may lie now
   * @throws LinearError `linear/no-equations` unless it was fitted with `keepEquations`; `linear/shape` for other series
   */
  async roll(set: SeriesSet, ranges: StepRanges): Promise<FittedRidge> {
    const { equations } = this;
    if (!equations) {
      throw new LinearError(
        'linear/no-equations',
        'roll: the normal equations were not kept. Fit with keepEquations: true, or use refit, which reads all windows.',
      );
    }
    return this.#solve(set, ranges, (source) => rollEquations(source, equations, this.state.learned, ranges));
  }

  /** The same model for other windows, from all of them; what `roll` gives, at the price of reading them. */
  async refit(set: SeriesSet, ranges: StepRanges): Promise<FittedRidge> {
    return this.#solve(set, ranges, (source) => gatherEquations(source, this.state.choice, ranges));
  }

  async #solve(
    set: SeriesSet,
    ranges: StepRanges,
    equationsOf: (source: WindowSource) => RidgeEquations,
  ): Promise<FittedRidge> {
    const { state } = this;
    const { reference, weights } = state.learned;
    checkCovariates(state.covariates, set);
    checkSameSeries(state.learned, set, ranges);
    const space = await Workspace.open();
    const layout = this.#layout;
    const scaled = this.#scaler.transform(set, { precision: 'float64' });
    const config = { minimumAvailability: state.minimumAvailability, weights };
    const equations = equationsOf({ space, set: scaled, layout, config, reference, strict: state.strict });
    const matrices = solveChoice({ space, layout, intercept: state.intercept }, state.choice, equations);
    const learned = { ...learnedWindows(set, ranges), reference, weights };
    const until = timesOf(set, ranges.ends);
    const data = state.data && {
      ...state.data,
      seenUntil: state.data.seenUntil.map((time, series) => Math.max(time, until[series]!)),
      trainedUntil: until,
    };
    return new FittedRidge({
      state: { ...state, learned, ...(data && { data }) },
      matrices,
      equations: this.equations === null ? null : equations,
    });
  }
}

/** What is known of each series when its first window begins. */
function stepsBefore({ set, bounds, locate }: Windows): StepRanges {
  const ends = set.ids.map((_, series) => (bounds[series + 1]! > bounds[series]! ? locate(bounds[series]!).origin : 0));
  return { starts: new Float64Array(set.ids.length), ends: Float64Array.from(ends) };
}
