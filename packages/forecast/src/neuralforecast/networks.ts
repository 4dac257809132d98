import type { ImportedModel, SavedModel } from '@nt/layers/neuralforecast';
import { fromSavedModel as fromNbeats } from '@nt/nbeats/neuralforecast';
import { fromSavedModel as fromNhits } from '@nt/nhits/neuralforecast';
import type { ModelFactory, ModelSize } from '../models/model-factory.ts';
import { nbeatsFactory } from '../models/nbeats-factory.ts';
import { nhitsFactory } from '../models/nhits-factory.ts';

/** A network whose folders can be read. */
export interface NeuralforecastNetwork {
  readonly factory: ModelFactory;
  read(saved: SavedModel): ImportedModel<ModelSize>;
}

/** By neuralforecast's class. */
export const networks: Readonly<Record<string, NeuralforecastNetwork>> = {
  NHITS: { factory: nhitsFactory, read: fromNhits },
  NBEATS: { factory: nbeatsFactory, read: fromNbeats },
};
