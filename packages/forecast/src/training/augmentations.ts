import {
  type Augmentation,
  type AugmentationOptions,
  jitter,
  magnitudeWarp,
  mixup,
  scaling,
  timeWarp,
  windowSlice,
} from '@nt/data';
import type { Choice, Chosen, Constants } from '../options/choice.ts';

/** Changes to training windows by name, with their options. */
export interface AugmentationCatalogue {
  readonly jitter: Constants<AugmentationOptions>;
  readonly scaling: Constants<AugmentationOptions>;
  readonly magnitudeWarp: Constants<AugmentationOptions & { readonly knots?: number }>;
  readonly timeWarp: Constants<AugmentationOptions & { readonly knots?: number }>;
  readonly windowSlice: Constants<{ readonly share?: number; readonly probability?: number }>;
  readonly mixup: Constants<{ readonly strength?: number; readonly probability?: number }>;
}
/** One of `augmentationNames`. */
export type AugmentationName = keyof AugmentationCatalogue;
/** A change, perhaps with options: `{ name: 'jitter', sigma: 0.1 }`. */
export type AugmentationChoice = Choice<AugmentationCatalogue>;

/** Strengths as in the survey of Iwana & Uchida 2021, §4. */
const augmentations: Readonly<Record<AugmentationName, (options: object) => Augmentation>> = {
  jitter: (options) => jitter({ sigma: 0.03, ...options }),
  scaling: (options) => scaling({ sigma: 0.1, ...options }),
  magnitudeWarp: (options) => magnitudeWarp({ sigma: 0.2, ...options }),
  timeWarp: (options) => timeWarp({ sigma: 0.2, ...options }),
  windowSlice,
  mixup,
};

/** Changes to training windows by name. */
export const augmentationNames: readonly AugmentationName[] = Object.keys(augmentations) as AugmentationName[];

/** @throws DataError for options that the augmentation does not have or take */
export const augmentationOf = ({ name, ...options }: Chosen<AugmentationName>): Augmentation =>
  augmentations[name](options);
