import type { Moments } from '../moments/moments.ts';
import { type CandidateSetting, type ChosenCandidate, candidateWeights } from './candidate.ts';
import type { OwnChoice } from './choose-own.ts';
import { meanOf } from './mean-of.ts';

/** Everything that validation decided; JSON. */
export interface RidgeChoice {
  /** For all series together; their mean forecasts. */
  readonly shared: readonly ChosenCandidate[];
  /** By id: series with a matrix of their own. */
  readonly series: Readonly<Record<string, OwnChoice>>;
}

/** Normal equations by half-life. */
export type Equations = ReadonlyMap<number | null, Moments>;

/** The normal equations of all series together, and of each that has a matrix of its own. */
export interface RidgeEquations {
  readonly shared: Equations;
  readonly own: ReadonlyMap<string, Equations>;
}

/** `[input columns, horizon]` for all series, and by id. */
export interface RidgeMatrices {
  readonly shared: Float64Array;
  readonly own: ReadonlyMap<string, Float64Array>;
}

/** Solves for what was chosen. */
export function solveChoice(setting: CandidateSetting, choice: RidgeChoice, equations: RidgeEquations): RidgeMatrices {
  const solve = (chosen: readonly ChosenCandidate[], from: Equations): Float64Array =>
    meanOf(chosen.map((candidate) => candidateWeights(setting, candidate, from.get(candidate.halfLife)!)));
  const shared = solve(choice.shared, equations.shared);
  const own = [...equations.own].map(([id, from]) => {
    const { matrix, candidates } = choice.series[id]!;
    const weights = solve(candidates, from);
    return [id, matrix === 'own' ? weights : meanOf([weights, shared])] as const;
  });
  return { shared, own: new Map(own) };
}

/** The half-lives that some candidates have. */
export const halfLivesIn = (chosen: readonly ChosenCandidate[]): readonly (number | null)[] => [
  ...new Set(chosen.map(({ halfLife }) => halfLife)),
];
