import type { Backend, Json, Tensor } from '@nt/tensor';
import type { ModelFactory } from '../models/model-factory.ts';
import type { Predictor } from '../predictor.ts';
import type { TrainingData } from './training-data.ts';

/** What a kind of predictor is rebuilt from: checked files, and its members rebuilt already. */
export interface SavedFiles {
  /** Goes before the names of files in messages: '', or `members/0/`. */
  readonly folder: string;
  /** `config.json` without its checksums. */
  readonly config: Readonly<Record<string, Json>> & { readonly data?: TrainingData | undefined };
  readonly members: readonly Predictor[];
  readonly backend: Backend<Tensor>;
  /** Networks that it may hold. */
  readonly factories: readonly ModelFactory[];
  /** A file beside `config.json`. @throws ForecastError `forecast/model-file` when it is missing and not optional */
  file(name: string): Uint8Array;
  file(name: string, need: 'optional'): Uint8Array | undefined;
}
