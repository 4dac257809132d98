import type { Predictor } from '../predictor.ts';
import type { BlendExplanation } from '../recipe/blend-explanation.ts';
import { isBlend } from '../recipe/blend-predictor.ts';
import { networksIn } from '../saved/networks-in.ts';
import type { ModelReport } from './messages.ts';

/** What a page is told of a model. */
export function modelReport(predictor: Predictor): ModelReport {
  const { method, horizon, quantiles, highestLevel, trainedOn, saving } = predictor;
  const isOne = saving?.kind === 'network' || saving?.kind === 'conformal';
  const [network] = isOne ? networksIn(predictor) : [];
  return {
    ...{ method, horizon, quantiles, highestLevel, trainedOn },
    network: network?.state ?? null,
    recipe: isBlend(predictor) ? (predictor.describe() as unknown as BlendExplanation) : null,
  };
}
