import type { NhitsActivation, NhitsOptions } from '../nhits-options.ts';
import { cannotRead } from './refuse.ts';

const activations: Readonly<Record<string, NhitsActivation>> = {
  ReLU: 'relu',
  Softplus: 'softplus',
  Tanh: 'tanh',
  SELU: 'selu',
  LeakyReLU: 'leakyRelu',
  PReLU: 'prelu',
  Sigmoid: 'sigmoid',
};

/** @throws NhitsError `nhits/neuralforecast` for what this network does not have */
export function networkOptions(saved: Readonly<Record<string, unknown>>): NhitsOptions {
  const value = <T>(key: string): T => saved[key] as T;
  const count = (key: string): number => value<readonly string[] | null | undefined>(key)?.length ?? 0;
  if (count('cat_exog_list') > 0)
    throw cannotRead(
      `it embeds categories (cat_exog_list: ${value('cat_exog_list')})`,
      'train it without cat_exog_list',
    );
  const activation = activations[value<string>('activation')];
  if (!activation) throw cannotRead(`its activation is ${value('activation')}`, `known: ${Object.keys(activations)}`);
  const scaler = value<string | null>('scaler_type') ?? 'identity';
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
    activation,
    dropoutProbTheta: value('dropout_prob_theta'),
    excludeInsampleY: value<boolean | null | undefined>('exclude_insample_y') ?? false,
    windowNormalization: scaler === 'identity' ? 'none' : (scaler as 'standard'),
    historic: count('hist_exog_list'),
    future: count('futr_exog_list'),
    static: count('stat_exog_list'),
  };
}
