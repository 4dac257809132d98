import type { SeriesSet } from '@nt/data';
import { type FittedRidge, fitRidge } from '@nt/linear';
import type { Backend, Tensor } from '@nt/tensor';
import { naive, seasonalNaive } from '../baselines/naive-predictors.ts';
import { ridgePredictor } from '../baselines/ridge-predictor.ts';
import type { BlendExplanation } from './blend-explanation.ts';
import type { BlendOptions } from './blend-options.ts';
import { planBlend } from './blend-plan.ts';
import { fitNetwork, type NetworkSetting, networkPlans } from './fit-networks.ts';
import { chosenLookback, linearStarts } from './fit-ridges.ts';
import { lookbacksOf } from './lookbacks.ts';
import { Pool } from './pool.ts';
import { fitReference, referenceName } from './reference-network.ts';
import { joinedParts } from './with-validation.ts';

/** A pool whose members are fitted, and what it was decided by. */
export interface FilledPool {
  readonly pool: Pool;
  readonly chosen: Pick<BlendExplanation, 'seasons' | 'calendar' | 'lookbacks'>;
}

/** Fits all members of a blend, one after the other; nothing is weighed yet. Errors as of `fitBlend`. */
export async function filledPool<T extends Tensor>(
  backend: Backend<T>,
  set: SeriesSet,
  options: BlendOptions,
): Promise<FilledPool> {
  const { config, split, seasons, calendar } = planBlend(set, options);
  const { horizon } = config;
  const isReference = config.preset === 'reference';
  const pool = new Pool({ set, split, config, run: options });
  const setting: NetworkSetting<T> = { backend, set, split, config, calendar, run: options };
  try {
    for (const rule of [naive(horizon), ...(seasons.short > 1 ? [seasonalNaive(horizon, seasons.short)] : [])]) {
      const lookback = rule.method === 'naive' ? 1 : seasons.short;
      const member = { predictor: rule, lookback, updates: null, bestUpdate: null };
      await pool.add(rule.method, 'naive', async () => member);
    }
    const lookbacks = await (isReference ? addReference(pool, setting) : addMembers(pool, setting, seasons.short));
    return { pool, chosen: { seasons, calendar, lookbacks } };
  } catch (error) {
    pool.dispose();
    throw error;
  }
}

/** Ridges and networks. @returns what the networks look back */
async function addMembers<T extends Tensor>(
  pool: Pool,
  setting: NetworkSetting<T>,
  season: number,
): Promise<readonly number[]> {
  const { set, split, config } = setting;
  const { horizon } = config;
  const ridges: FittedRidge[] = [];
  await pool.add('ridge', 'ridge', async () => {
    const fitted = await fitRidge(set, split, { horizon });
    ridges.push(fitted);
    const lookback = [...new Set(fitted.state.choice.shared.map((candidate) => candidate.lookback))];
    return {
      predictor: ridgePredictor(fitted),
      lookback,
      updates: null,
      bestUpdate: null,
      refit: async () => ({ predictor: ridgePredictor(await fitted.refit(set, joinedParts(split))), updates: null }),
    };
  });
  const large = ridges[0] ? chosenLookback(ridges[0]) : Math.max(2 * season, horizon);
  const lookbacks = lookbacksOf(horizon, season, large);
  const skip = ridges[0] ? await linearStarts(set, split, horizon, large) : null;
  const plans = networkPlans(config, lookbacks, skip);
  pool.expect(plans.length);
  for (const plan of plans) {
    await pool.add(plan.name, 'network', () => fitNetwork(setting, plan));
  }
  return lookbacks;
}

/** @returns what the network looks back */
async function addReference<T extends Tensor>(pool: Pool, setting: NetworkSetting<T>): Promise<readonly number[]> {
  const lookbacks: number[] = [];
  pool.expect(1);
  await pool.add(referenceName, 'network', async () => {
    const member = await fitReference(setting);
    lookbacks.push(member.lookback as number);
    return member;
  });
  return lookbacks;
}
