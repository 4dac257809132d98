import type { SeriesSet } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { modelFactories, type Optimization, type OptimizeOptions, optimize } from '../src/index.ts';
import { seasonalSeries } from './made-walks.ts';

export const searched: SeriesSet = seasonalSeries(1, 300);

/** In a moment. */
export const quickOptions: OptimizeOptions = {
  space: {
    inputSize: [7, 14],
    learningRate: { min: 1e-4, max: 1e-1, scale: 'log' },
    'model.hiddenSize': { min: 4, max: 12, step: 4 },
  },
  forecaster: { horizon: 2, model: { variant: 'paper', nBlocks: [1], nPoolKernelSize: [1], nFreqDownsample: [1] } },
  training: { batchSize: 32 },
  trials: 6,
  minUpdates: 2,
  maxUpdates: 18,
};

export const quickSearch = (
  backend: Backend<Tensor>,
  change: Partial<OptimizeOptions> = {},
  set: SeriesSet = searched,
): Promise<Optimization> => optimize(modelFactories.nhits, backend, set, { ...quickOptions, ...change });
