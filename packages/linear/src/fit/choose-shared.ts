import { LinearError } from '../linear-error.ts';
import { emptyMoments, type Moments } from '../moments/moments.ts';
import type { Candidate, CandidateSetting } from './candidate.ts';
import { type AveragedCandidates, chooseCandidates, type TrainMoments } from './choose-candidates.ts';
import type { FitParts } from './fit-parts.ts';
import { momentsByHalfLife } from './moments-by-half-life.ts';
import type { RidgeConfig } from './ridge-options.ts';
import { gatherMoments, type WindowSource } from './window-source.ts';

/** What is right for all series together. */
export interface SharedChoice extends AveragedCandidates {
  /** The normal equations of the training part. */
  readonly train: TrainMoments;
}

/** Tries all candidates on the windows of all series. */
export function chooseShared(
  source: WindowSource,
  setting: CandidateSetting,
  parts: FitParts,
  candidates: readonly Candidate[],
  config: RidgeConfig,
): SharedChoice {
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
  return { ...chooseCandidates(setting, candidates, { train, validation }, config), train };
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
