import type { ModelFlags } from '../commands/use-model.ts';
import type { PictureFlags } from '../output/pictures.ts';
import type { QuantileFlags } from './asked-quantiles.ts';
import type { JobsSettings } from './jobs-flags.ts';

/** Flags of `nt forecast`. */
export interface ForecastFlags extends ModelFlags, QuantileFlags, PictureFlags, JobsSettings {
  readonly horizon?: number;
  readonly futureData?: string;
  readonly output?: string;
  readonly series?: string;
  readonly sketch: boolean;
  /** Into how many parts the series are divided. */
  readonly shards?: number;
}
