import { type Evaluation, FittedForecaster, type Predictor } from '@nt/forecast';
import type { Report } from '@nt/report';

/** What a model folder remembers: how it was judged and trained, what its recipe chose. */
export function modelRecords(predictor: Predictor): Pick<Report, 'evaluation' | 'training' | 'recipe'> {
  if (predictor instanceof FittedForecaster) {
    const { history, evaluation } = predictor.records;
    return {
      ...(history.length > 0 && { training: { history } }),
      ...(evaluation !== null && { evaluation: evaluation as unknown as Evaluation }),
    };
  }
  const { kind, members = [] } = predictor.saving ?? {};
  if (kind === 'blend') return { recipe: (predictor as Predictor & { describe(): Report['recipe'] }).describe() };
  // How the network was judged says nothing of the intervals that were put around it.
  return kind === 'conformal' ? { training: modelRecords(members[0]!).training } : {};
}
