import {
  type FreDFOptions,
  freDF,
  type HuberOptions,
  huber,
  type Loss,
  mae,
  maeMse,
  mse,
  rmse,
  type TukeyOptions,
  tukey,
} from '@nt/trainer/losses';
import { checkKeys } from '../options/check-keys.ts';
import type { Choice, Chosen, Constants } from '../options/choice.ts';
import { negativeBinomialHead, normalHead, type ScaleOptions, studentTHead } from './distribution-heads.ts';
import type { Head } from './head.ts';
import { pointHead } from './point-head.ts';
import { type QuantileHeadOptions, quantileHead } from './quantile-head.ts';

/** Losses on scaled values by name, with their options. Those in percent are not here: scaled values are near 0. */
export interface LossCatalogue {
  readonly mae: object;
  readonly mse: object;
  /** Half of each: ½ (MAE + MSE). */
  readonly maeMse: object;
  readonly rmse: object;
  readonly huber: Constants<HuberOptions>;
  readonly tukey: Constants<TukeyOptions>;
  readonly freDF: Constants<FreDFOptions>;
  readonly quantile: Constants<QuantileHeadOptions>;
  readonly normal: Constants<ScaleOptions>;
  readonly studentT: Constants<ScaleOptions>;
  readonly negativeBinomial: object;
}
/** One of `lossNames`. */
export type LossName = keyof LossCatalogue;
/** A loss, perhaps with options: `{ name: 'huber', delta: 2 }`. */
export type LossChoice = Choice<LossCatalogue>;

const withoutOptions = (name: LossName, loss: Loss) => (options: object) => {
  checkKeys(name, options, []);
  return pointHead(loss);
};

const heads: Readonly<Record<LossName, (options: object) => Head>> = {
  mae: withoutOptions('mae', mae),
  mse: withoutOptions('mse', mse),
  maeMse: withoutOptions('maeMse', maeMse),
  rmse: withoutOptions('rmse', rmse),
  huber: (options) => pointHead(huber(options)),
  tukey: (options) => pointHead(tukey(options)),
  freDF: (options) => pointHead(freDF(options)),
  quantile: quantileHead,
  normal: normalHead,
  studentT: studentTHead,
  negativeBinomial: negativeBinomialHead,
};

/** Losses by name. All are means over what was observed, on scaled values. */
export const lossNames: readonly LossName[] = Object.keys(heads) as LossName[];

/** The head that a loss is paired with. @throws ForecastError, TrainerError for options that the loss does not have */
export const headOf = ({ name, ...options }: Chosen<LossName>): Head => heads[name](options);
