import { LinearError } from '../linear-error.ts';
import { emptyMoments, type Moments } from '../moments/moments.ts';
import type { Candidate, CandidateSetting, ChosenCandidate } from './candidate.ts';
import { chooseCandidates } from './choose-candidates.ts';
import type { FitParts } from './fit-parts.ts';
import { momentsByHalfLife } from './moments-by-half-life.ts';
import type { RidgeConfig } from './ridge-options.ts';
import { gatherMoments, type WindowSource } from './window-source.ts';

/** The candidates that are right for all series together. */
export function chooseShared(
  source: WindowSource,
  setting: CandidateSetting,
  parts: FitParts,
  candidates: readonly Candidate[],
  config: RidgeConfig,
): readonly ChosenCandidate[] {
  const all = [...source.set.ids.keys()];
  const validation = emptyMoments(setting.layout.size);
  gatherMoments(source, validation, all, parts.validation, null);
  requireWindows(validation, 'validation', setting);
  const train = momentsByHalfLife((halfLife) => {
    const moments = emptyMoments(setting.layout.size);
    gatherMoments(source, moments, all, parts.train, halfLife);
    requireWindows(moments, 'training', setting);
    return moments;
  });
  return chooseCandidates(setting, candidates, { train, validation }, config);
}

/** The last column is 1, so that its moment is the weight of all windows. */
function requireWindows({ matrix }: Moments, part: string, { layout: { lookback, horizon } }: CandidateSetting): void {
  if (matrix.at(-1)! > 0) return;
  throw new LinearError(
    'linear/too-few-windows',
    `fitRidge: the ${part} part has no window of ${horizon} target steps with ${lookback} steps before it that counts. Give more data, a smaller horizon or look-back, or a smaller minimumAvailability where values are missing.`,
    { part, lookback, horizon },
  );
}
