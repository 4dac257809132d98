import { type FittedRidge, loadRidge, type RidgeState } from '@nt/linear';
import type { Json } from '@nt/tensor';
import { baselineFromState, type SavedBaseline } from '../baselines/naive-predictors.ts';
import { ridgePredictor } from '../baselines/ridge-predictor.ts';
import type { ConformalState } from '../combine/calibrated-predictor.ts';
import { conformalFromJson } from '../combine/conformal.ts';
import { type EnsembleOptions, ensemble } from '../combine/ensemble.ts';
import type { Predictor } from '../predictor.ts';
import { blendFromState, type SavedBlend } from '../recipe/blend-predictor.ts';
import { loadNetwork } from './load-network.ts';
import { readJsonFile } from './read-json-file.ts';
import { readWeights } from './read-weights.ts';
import type { SavedFiles } from './saved-files.ts';

/**
 * Every kind of predictor that can be saved, and how it comes back: the `kind` in `config.json` names a row. A new kind
 * is a `saving` of the predictor and a row here.
 */
export const predictorKinds: Readonly<Record<string, (saved: SavedFiles) => Predictor>> = {
  network: loadNetwork,
  ridge: (saved) => ridgePredictor(ridgeOf(saved)),
  baseline: ({ config }) => baselineFromState(config['rule'] as unknown as SavedBaseline),
  conformal: ({ config, members }) =>
    conformalFromJson(members[0]!, config['calibration'] as unknown as ConformalState, config.data),
  ensemble: ({ config, members }) => ensemble(members, config['ensemble'] as EnsembleOptions),
  blend: (saved) => {
    const { config, members } = saved;
    return blendFromState(members, config['blend'] as unknown as SavedBlend, config.data, evaluationOf(saved));
  },
};

function evaluationOf({ folder, file }: SavedFiles): Json | null {
  const bytes = file('metrics.json', 'optional');
  return bytes ? (readJsonFile(`${folder}metrics.json`, bytes) as Json) : null;
}

function ridgeOf({ folder, config, file }: SavedFiles): FittedRidge {
  const arrays = readWeights(`${folder}model.safetensors`, file('model.safetensors'));
  return loadRidge({ state: config['ridge'] as unknown as RidgeState, arrays });
}
