import { cannotRead, savedActivation, savedList, savedScaler } from '@nt/layers/neuralforecast';
import { type NbeatsOptions, stackTypes } from '../nbeats-options.ts';
import { trendBases } from '../trend-basis.ts';

/** @throws LayersError `layers/neuralforecast` for what this network does not have */
export function networkOptions(saved: Readonly<Record<string, unknown>>): NbeatsOptions {
  const value = <T>(key: string): T => saved[key] as T;
  const stacks = savedList<NonNullable<NbeatsOptions['stackTypes']>[number]>(saved, 'stack_types');
  checkNames('stack_types', stacks, stackTypes);
  checkNames('basis', [value('basis')], trendBases);
  return {
    inputSize: value('input_size'),
    horizon: value('h'),
    stackTypes: stacks,
    nBlocks: savedList<number>(saved, 'n_blocks').slice(0, stacks.length),
    mlpUnits: value('mlp_units'),
    activation: savedActivation(saved['activation']),
    basis: value('basis'),
    nBasis: value('n_basis'),
    nHarmonics: value('n_harmonics'),
    sharedWeights: value('shared_weights'),
    windowNormalization: savedScaler(saved['scaler_type']),
  };
}

function checkNames(option: string, names: readonly unknown[], known: readonly string[]): void {
  const unknown = names.findIndex((name) => !known.includes(name as string));
  if (unknown >= 0) throw cannotRead(`its ${option} has ${String(names[unknown])}`, `known: ${known.join(', ')}`);
}
