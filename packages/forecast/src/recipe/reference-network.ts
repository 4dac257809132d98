import type { TimeSplit } from '@nt/data';
import type { Tensor } from '@nt/tensor';
import { Forecaster } from '../forecaster.ts';
import { nhitsFactory } from '../models/nhits-factory.ts';
import { again, memberRun, type NetworkSetting } from './fit-networks.ts';
import type { FittedMember } from './fitted-member.ts';
import type { MemberReport } from './member-report.ts';
import { withValidation } from './with-validation.ts';

/** Its name among the members. */
export const referenceName = 'nhits';
/** neuralforecast leaves the look-back to its users; its examples and its automatic models begin around this. */
const horizonsBack = 3;

/** N-HiTS with neuralforecast's defaults and its training: the last weights after all updates, nothing chosen. */
export async function fitReference<T extends Tensor>(setting: NetworkSetting<T>): Promise<FittedMember> {
  const { backend, set, split, config } = setting;
  const { horizon, seed, maxUpdates } = config;
  const inputSize = horizonsBack * horizon;
  const calendar = config.calendar ?? [];
  const recipe = new Forecaster(nhitsFactory, backend, { horizon, inputSize, calendar, seed });
  const train = async (parts: TimeSplit, name: string) => {
    const plan = recipe.plan(set, { preset: 'reference', split: parts, maxUpdates });
    const { forecaster, result } = await recipe.fit(plan, await memberRun(setting, name));
    return { predictor: forecaster, updates: result.updates };
  };
  return {
    ...(await train(split, referenceName)),
    lookback: inputSize,
    bestUpdate: null,
    refit: () => train(withValidation(split), again(referenceName)),
  };
}

/** All weight on the network, null where the data were too short for it. */
export function onlyNetwork(reports: readonly Pick<MemberReport, 'kind'>[]): readonly number[] | null {
  const weights = reports.map(({ kind }) => Number(kind === 'network'));
  return weights.includes(1) ? weights : null;
}
