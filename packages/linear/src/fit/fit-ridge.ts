import { fitScaler, type SeriesSet, type TimeSplit } from '@nt/data';
import { Workspace } from '../algebra/workspace.ts';
import { FittedRidge } from '../fitted-ridge.ts';
import { lagLayout } from '../moments/lag-layout.ts';
import { ridgeState } from '../saved/ridge-state.ts';
import { candidatesOf } from './choose-candidates.ts';
import { chooseOwn } from './choose-own.ts';
import { chooseShared } from './choose-shared.ts';
import { fitParts } from './fit-parts.ts';
import { gatherEquations } from './gather-equations.ts';
import { halfLivesOf } from './half-lives.ts';
import { lookbackGrid } from './lookback-grid.ts';
import { type RidgeOptions, ridgeConfig } from './ridge-options.ts';
import { halfLivesIn, solveChoice } from './solve-choice.ts';

/**
 * Fits a linear forecaster: for each window the next `horizon` values as weighted sums of the values before (and of
 * covariates), by ridge regression over all windows of the training part. λ, the look-backs that are averaged, whether
 * old windows count less, and which series get a matrix of their own are chosen by the validation part.
 *
 * A missing value is taken for the last one before it.
 *
 * @param split its training part is learned from and scales the series; without a validation part the last fifth of the
 * training part chooses, and the model is then solved with all of it
 * @throws LinearError `linear/unknown-option`, `linear/option`, `linear/too-few-windows`, `linear/too-large`
 */
export async function fitRidge(set: SeriesSet, split: TimeSplit, options: RidgeOptions): Promise<FittedRidge> {
  const config = ridgeConfig(set, options);
  const parts = fitParts(set, split, config.horizon, config.refit);
  const lookbacks = lookbackGrid(set, parts, config);
  const state = ridgeState(set, config, lookbacks.at(-1)!, parts);
  const layout = lagLayout(state.columns);
  const scaler = fitScaler(set, { kind: config.scaler, ranges: parts.train });
  const space = await Workspace.open();
  const scaled = scaler.transform(set, { precision: 'float64' });
  const source = { space, set: scaled, layout, config, reference: parts.train.ends, strict: parts.strict };
  const setting = { space, layout, intercept: config.intercept };

  const candidates = candidatesOf(lookbacks, halfLivesOf(parts.train, config), config);
  const shared = chooseShared(source, setting, parts, candidates, config);
  const own = [...chooseOwn(source, setting, parts, shared, config)];
  const series = Object.fromEntries(own.map(([id, { choice }]) => [id, choice]));
  const choice = { shared: shared.candidates, series };

  const known = new Map(halfLivesIn(shared.candidates).map((halfLife) => [halfLife, shared.train(halfLife)]));
  const learned = parts.refit ? gatherEquations(source, choice, parts.seen) : null;
  const matrices = learned
    ? solveChoice(setting, choice, learned)
    : { shared: shared.weights, own: new Map(own.map(([id, { weights }]) => [id, weights])) };
  const equations = () => learned ?? gatherEquations(source, choice, parts.train, known);
  return new FittedRidge({
    state: { ...state, choice, scaler: scaler.toJson() },
    matrices,
    equations: config.keepEquations ? equations() : null,
  });
}
