import type { Json, NamedArray } from '@nt/tensor';
import { distributionParameters, type ScaleDecouple } from '../window/scale-decouple.ts';
import { cannotRead } from './refuse.ts';
import { ownValue } from './saved-values.ts';

/** A loss as a forecaster of `@nt/forecast` names it. */
export type ImportedLoss = { readonly name: string } & { readonly [option: string]: Json };

/** What a loss of neuralforecast means for the network. */
export interface LossChoice {
  readonly loss: ImportedLoss;
  readonly outputs: number;
  readonly scaleDecouple: ScaleDecouple;
  /** Which of the file's quantiles comes first, second … in ascending order; null where there are none. */
  readonly quantileOrder: readonly number[] | null;
}

interface SavedLoss {
  readonly cls: string;
  readonly args: Readonly<Record<string, Json>>;
  readonly state?: Readonly<Record<string, unknown>>;
}

/** Losses with one output and what becomes of their arguments. */
const pointLosses: Readonly<Record<string, (args: SavedLoss['args']) => ImportedLoss>> = {
  MAE: () => ({ name: 'mae' }),
  MSE: () => ({ name: 'mse' }),
  RMSE: () => ({ name: 'rmse' }),
  HuberLoss: ({ delta = 1 }) => ({ name: 'huber', delta }),
  FreDF: ({ alpha = 0.5 }) => ({ name: 'freDF', alpha }),
};

/** The outputs carry neuralforecast's own least width, so the head adds next to none. */
const leastScale = 1e-6;

const distributions: Readonly<Record<string, ImportedLoss & { readonly name: Exclude<ScaleDecouple, 'none'> }>> = {
  Normal: { name: 'normal', minScale: leastScale },
  StudentT: { name: 'studentT', minScale: leastScale },
  NegativeBinomial: { name: 'negativeBinomial' },
};

/** @throws LayersError `layers/neuralforecast` for losses that have no counterpart here */
export function lossChoice(saved: unknown, arrays: Readonly<Record<string, NamedArray>>): LossChoice {
  const { cls, args: given, state } = (saved ?? {}) as SavedLoss;
  const args = given ?? {};
  if (cls === undefined) throw cannotRead('it does not name its loss', 'save it with neuralforecast 3.3');
  if ((args['horizon_weight'] ?? null) !== null)
    throw refusedLoss(`${cls} with horizon_weight`, `${cls} without horizon_weight`);
  const point = ownValue(pointLosses, cls);
  if (point) return { loss: point(args), outputs: 1, scaleDecouple: 'none', quantileOrder: null };
  if (cls === 'MQLoss') return quantileChoice(quantilesOf(state, arrays));
  if (cls !== 'DistributionLoss') {
    const instead = cls === 'HuberMQLoss' ? 'MQLoss with the same quantiles' : 'MAE()';
    throw refusedLoss(cls, ['HuberMQLoss', 'MAPE', 'SMAPE', 'MASE', 'TukeyLoss'].includes(cls) ? instead : undefined);
  }
  const distribution = ownValue(distributions, args['distribution']);
  if (!distribution) throw refusedLoss(`DistributionLoss('${String(args['distribution'])}')`);
  const outputs = distributionParameters[distribution.name].length;
  return { loss: distribution, outputs, scaleDecouple: distribution.name, quantileOrder: null };
}

function quantileChoice(quantiles: readonly number[]): LossChoice {
  const quantileOrder = quantiles.map((_, i) => i).sort((a, b) => quantiles[a]! - quantiles[b]!);
  const ascending = quantileOrder.map((i) => quantiles[i]!);
  const loss = { name: 'quantile', quantiles: ascending, crossing: 'allow' };
  return { loss, outputs: quantiles.length, scaleDecouple: 'none', quantileOrder };
}

/** In the file's order. They are float32 there: 0.9 comes as 0.8999999762. */
function quantilesOf(state: SavedLoss['state'], arrays: Readonly<Record<string, NamedArray>>): readonly number[] {
  const key = (state?.['quantiles'] as { readonly key?: string } | undefined)?.key;
  const array = (key === undefined ? undefined : arrays[key]) ?? arrays['loss.quantiles'];
  if (!array) throw cannotRead('its MQLoss has no quantiles', 'copy the folder again');
  return Array.from(array.data, (q) => Number(q.toPrecision(6)));
}

function refusedLoss(found: string, instead?: string): ReturnType<typeof cannotRead> {
  const remedy = instead
    ? `load it in Python with \`loss=\` ${instead}, which has as many outputs, and save that: forecasts stay the same`
    : 'its outputs mean nothing to the losses here; train with MAE, MSE, RMSE, HuberLoss, FreDF, MQLoss or DistributionLoss of Normal, StudentT or NegativeBinomial';
  return cannotRead(`its loss is ${found}`, remedy, { loss: found });
}
