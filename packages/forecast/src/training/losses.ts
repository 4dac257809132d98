import {
  type FreDFOptions,
  freDF,
  type HuberOptions,
  huber,
  type Loss,
  mae,
  mse,
  rmse,
  type TukeyOptions,
  tukey,
} from '@nt/trainer/losses';
import type { Choice, Chosen, Constants } from './choice.ts';

/** Losses on scaled values by name, with their options. Those in percent are not here: scaled values are near 0. */
export interface LossCatalogue {
  readonly mae: object;
  readonly mse: object;
  readonly rmse: object;
  readonly huber: Constants<HuberOptions>;
  readonly tukey: Constants<TukeyOptions>;
  readonly freDF: Constants<FreDFOptions>;
}
/** One of `lossNames`. */
export type LossName = keyof LossCatalogue;
/** A loss, perhaps with options: `{ name: 'huber', delta: 2 }`. */
export type LossChoice = Choice<LossCatalogue>;

const withoutOptions = (loss: Loss) => (): Loss => loss;
const losses: Readonly<Record<LossName, (options: object) => Loss>> = {
  mae: withoutOptions(mae),
  mse: withoutOptions(mse),
  rmse: withoutOptions(rmse),
  huber,
  tukey,
  freDF,
};

/** Losses by name. All are means over what was observed, on scaled values. */
export const lossNames: readonly LossName[] = Object.keys(losses) as LossName[];

/** @throws TrainerError for options that the loss does not have */
export const lossOf = ({ name, options }: Chosen<LossName>): Loss => losses[name](options);
