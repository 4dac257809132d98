import { cannotRead, savedActivation, savedScaler } from '@nt/layers/neuralforecast';
import type { NhitsOptions } from '../nhits-options.ts';

/** @throws LayersError `layers/neuralforecast` for what this network does not have */
export function networkOptions(saved: Readonly<Record<string, unknown>>): NhitsOptions {
  const value = <T>(key: string): T => saved[key] as T;
  const count = (key: string): number => value<readonly string[] | null | undefined>(key)?.length ?? 0;
  if (count('cat_exog_list') > 0)
    throw cannotRead(
      `it embeds categories (cat_exog_list: ${value('cat_exog_list')})`,
      'train it without cat_exog_list',
    );
  const modes = value<string>('interpolation_mode');
  return {
    inputSize: value('input_size'),
    horizon: value('h'),
    mlpUnits: value('mlp_units'),
    nBlocks: value<readonly number[]>('n_blocks').slice(0, count('stack_types')),
    nPoolKernelSize: value<readonly number[]>('n_pool_kernel_size').slice(0, count('stack_types')),
    nFreqDownsample: value<readonly number[]>('n_freq_downsample').slice(0, count('stack_types')),
    poolingMode: value('pooling_mode'),
    interpolationMode: modes.includes('cubic') ? 'cubic' : (modes as 'linear'),
    activation: savedActivation(saved['activation']),
    dropoutProbTheta: value('dropout_prob_theta'),
    excludeInsampleY: value<boolean | null | undefined>('exclude_insample_y') ?? false,
    windowNormalization: savedScaler(saved['scaler_type']),
    historic: count('hist_exog_list'),
    future: count('futr_exog_list'),
    static: count('stat_exog_list'),
  };
}
