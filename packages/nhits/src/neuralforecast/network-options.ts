import { cannotRead, savedActivation, savedList, savedNames, savedScaler, savedText } from '@nt/layers/neuralforecast';
import type { NhitsOptions } from '../nhits-options.ts';

/** @throws LayersError `layers/neuralforecast` for what this network does not have */
export function networkOptions(saved: Readonly<Record<string, unknown>>): NhitsOptions {
  const value = <T>(key: string): T => saved[key] as T;
  const count = (key: string): number => savedNames(saved, key).length;
  const ofStacks = (key: string): readonly number[] => savedList<number>(saved, key).slice(0, count('stack_types'));
  if (count('cat_exog_list') > 0)
    throw cannotRead(
      `it embeds categories (cat_exog_list: ${value('cat_exog_list')})`,
      'train it without cat_exog_list',
    );
  const mode = savedText(saved, 'interpolation_mode');
  return {
    inputSize: value('input_size'),
    horizon: value('h'),
    mlpUnits: value('mlp_units'),
    nBlocks: ofStacks('n_blocks'),
    nPoolKernelSize: ofStacks('n_pool_kernel_size'),
    nFreqDownsample: ofStacks('n_freq_downsample'),
    poolingMode: value('pooling_mode'),
    interpolationMode: mode?.includes('cubic') ? 'cubic' : (mode as 'linear'),
    activation: savedActivation(saved['activation']),
    dropoutProbTheta: value('dropout_prob_theta'),
    excludeInsampleY: value<boolean | null | undefined>('exclude_insample_y') ?? false,
    windowNormalization: savedScaler(saved['scaler_type']),
    historic: count('hist_exog_list'),
    future: count('futr_exog_list'),
    static: count('stat_exog_list'),
  };
}
