import type { BlendTrainRequest, NetworkTrainRequest, TrainRequest } from '@nt/forecast/worker';

/** What can be trained: the presets of `nt train`, or one network as the form says. */
export const trainables = ['fast', 'accurate', 'network'] as const;
export type Trainable = (typeof trainables)[number];

/** What the form says of one network. */
export interface NetworkSettings {
  readonly inputSize: number;
  readonly epochs: number;
  readonly hiddenSize: number;
  readonly learningRate: number;
}

/** What the form says, for the worker, the command and the snippet alike. */
export interface Settings {
  readonly what: Trainable;
  readonly horizon: number;
  readonly seed: number;
  readonly engine: string;
  /** Null unless one network is trained. */
  readonly network: NetworkSettings | null;
}

/** Parts of the data that one network is not trained on. */
export const parts = { validation: 0.15, test: 0.15 };
/** The part that a blend is judged by: as `nt train`. */
export const blendTest = 0.2;
/** Windows in a batch of one network. */
export const batchSize = 64;
/** Name under which a run is kept over reloads. */
export const keep = 'nt-playground';

/** The request to the worker. */
export function trainRequest({ what, horizon, seed, engine, network }: Settings): TrainRequest {
  // Checkpoints by time, as the trainer does unasked: a reload costs ten seconds, or twenty times what a checkpoint takes.
  const run = { ...(engine && { engine }), keep, logEvery: 10 };
  if (what !== 'network' || network === null)
    return { recipe: { horizon, preset: what === 'accurate' ? 'accurate' : 'fast', seed, test: blendTest }, ...run };
  const { inputSize, epochs, hiddenSize, learningRate } = network;
  return {
    forecaster: { horizon, inputSize, seed, model: { hiddenSize } },
    plan: { maxEpochs: epochs, batchSize, learningRate, ...parts },
    ...run,
  };
}

/** The settings that a request was made of. */
export function settingsOf(request: TrainRequest): Settings {
  return 'recipe' in request ? ofBlend(request) : ofNetwork(request);
}

const ofBlend = ({ recipe: { horizon, preset, seed = 1 }, engine = '' }: BlendTrainRequest): Settings => ({
  what: preset === 'accurate' ? 'accurate' : 'fast',
  ...{ horizon, seed, engine, network: null },
});

function ofNetwork({ forecaster, plan = {}, engine = '' }: NetworkTrainRequest): Settings {
  const { horizon, inputSize = 3 * horizon, seed = 1, model } = forecaster;
  return {
    what: 'network',
    ...{ horizon, seed, engine },
    network: {
      inputSize,
      epochs: plan.maxEpochs ?? 100,
      hiddenSize: (model?.hiddenSize as number | undefined) ?? 512,
      learningRate: plan.learningRate ?? 1e-3,
    },
  };
}
