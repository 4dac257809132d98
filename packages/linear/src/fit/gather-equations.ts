import type { StepRanges } from '@nt/data';
import { emptyMoments } from '../moments/moments.ts';
import type { ChosenCandidate } from './candidate.ts';
import { type Equations, halfLivesIn, type RidgeChoice, type RidgeEquations } from './solve-choice.ts';
import { gatherMoments, type WindowSource } from './window-source.ts';

/**
 * The normal equations of a choice over all windows whose targets lie in some ranges.
 *
 * @param known those of all series together, where somebody has them
 */
export function gatherEquations(
  source: WindowSource,
  choice: RidgeChoice,
  ranges: StepRanges,
  known?: Equations,
): RidgeEquations {
  const { ids } = source.set;
  const gather = (series: readonly number[], chosen: readonly ChosenCandidate[]): Equations =>
    new Map(
      halfLivesIn(chosen).map((halfLife) => {
        const moments = emptyMoments(source.layout.size);
        gatherMoments(source, moments, series, ranges, halfLife);
        return [halfLife, moments];
      }),
    );
  const own = [...ids.entries()].filter(([, id]) => choice.series[id]);
  return {
    shared: known ?? gather([...ids.keys()], choice.shared),
    own: new Map(own.map(([series, id]) => [id, gather([series], choice.series[id]!.candidates)])),
  };
}
