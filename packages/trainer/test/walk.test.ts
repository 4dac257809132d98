import { sgd } from '@nt/optim';
import { describe, expect, it } from 'vitest';
import * as trainer from '../src/index.ts';
import { TrainerError } from '../src/index.ts';
import * as losses from '../src/losses/index.ts';
import * as node from '../src/node/index.ts';
import * as precision from '../src/precision/index.ts';
import { indexedDbStorage, opfsStorage } from '../src/storage/browser/index.ts';
import { checkEntryName } from '../src/storage/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { nodeStorage } from '../src/storage/node/index.ts';
import { toyRun } from './toy/toy-run.ts';

// biome-ignore lint/suspicious/noExplicitAny: wrong arguments are the point
type Any = any;

const { options } = toyRun({ maxUpdates: 1 });
const { backend, model, batches, toTensors, lossOf } = options;
const trial = { backend, model, batches, toTensors, lossOf };

/** Wrong values of every kind. */
const wrong: readonly Any[] = ['0.1', Number.NaN, null, -1e9, 1.5, [], {}, { a: 1 }, [1], () => 1];

/** An options object that works, without the option under test; how to call with it; and all options there are. */
const owners: Record<string, readonly [call: (given: Any) => unknown, names: readonly string[]]> = {
  train: [
    (given) => trainer.train({ ...options, ...given }),
    [
      'backend',
      'model',
      'transform',
      'batches',
      'toTensors',
      'lossOf',
      'weightOf',
      'describeBatch',
      'seed',
      'maxEpochs',
      'maxUpdates',
      'maxTime',
      'minUpdates',
      'limitTrainBatches',
      'limitValidationBatches',
      'sanityValidationBatches',
      'overfitBatches',
      'fastDevRun',
      'validation',
      'earlyStopping',
      'monitor',
      'mode',
      'restoreBestWeights',
      'plateau',
      'accumulate',
      'gradientClipNorm',
      'gradientClipValue',
      'averaging',
      'nanPolicy',
      'precision',
      'lossScaling',
      'checkpoint',
      'resumeFrom',
      'resumeIfPresent',
      'config',
      'allowChanged',
      'metadata',
      'signal',
      'logEvery',
      'loggers',
      'profiler',
      'clock',
    ],
  ],
  validation: [
    (given) => trainer.train({ ...options, validation: { ...options.validation!, ...given } }),
    ['batches', 'everyEpochs', 'everyUpdates', 'metricsOf'],
  ],
  checkpoint: [
    (given) => trainer.train({ ...options, checkpoint: { storage: memoryStorage(), ...given } }),
    ['storage', 'everyUpdates', 'everyEpochs', 'everyMinutes', 'maxTimeShare', 'last', 'best', 'topK'],
  ],
  earlyStopping: [
    (given) => trainer.train({ ...options, earlyStopping: { patience: 1, ...given } }),
    ['patience', 'monitor', 'mode', 'minDelta', 'startFrom', 'restoreBestWeights'],
  ],
  lossScaling: [
    (given) => trainer.train({ ...options, lossScaling: given }),
    ['initialScale', 'growthFactor', 'backoffFactor', 'growthInterval'],
  ],
  fit: [(given) => trainer.fit({ ...options, ...given }), ['onEvent']],
  findLearningRate: [
    (given) => trainer.findLearningRate({ run: trial, transformFor: () => sgd(), updates: 2, ...given }),
    ['run', 'transformFor', 'minLearningRate', 'maxLearningRate', 'updates', 'spacing', 'divergence'],
  ],
  findBatchSize: [
    (given) =>
      trainer.findBatchSize({ run: trial, transform: sgd(), batchesFor: () => batches, maxBatchSize: 16, ...given }),
    ['run', 'transform', 'batchesFor', 'initialBatchSize', 'maxBatchSize', 'updates', 'isTooLarge'],
  ],
  huber: [losses.huber, ['delta']],
  tukey: [losses.tukey, ['c', 'normalize']],
  mase: [(given) => losses.mase({ seasonality: 4, ...given }), ['seasonality']],
  freDF: [losses.freDF, ['alpha']],
  fileSink: [(given) => node.fileSink('never-written.txt', given), ['append']],
};

/** Wrong values that an option takes all the same. */
const legal: Record<string, readonly Any[]> = {
  'train.monitor': ['0.1'],
  'train.config': [Number.NaN, null, -1e9, 1.5, '0.1', [], {}, { a: 1 }, [1]],
  'train.metadata': [Number.NaN, null, -1e9, 1.5, '0.1', [], {}, { a: 1 }, [1]],
  'train.loggers': [[]],
  'train.maxTime': [1.5],
  'train.gradientClipNorm': [1.5],
  'train.gradientClipValue': [1.5],
  'checkpoint.everyMinutes': [1.5],
  'earlyStopping.monitor': ['0.1'],
  'earlyStopping.minDelta': [1.5],
  'findLearningRate.divergence': [1.5],
  'findLearningRate.minLearningRate': [],
  'findLearningRate.maxLearningRate': [1.5],
  'huber.delta': [1.5],
  'tukey.c': [1.5],
};

/** The code of the TrainerError that a call ends with, thrown or as a rejection. */
async function codeOf(call: () => unknown): Promise<string> {
  try {
    const made = call();
    if (made instanceof Promise) await made;
    return 'no error';
  } catch (error) {
    return TrainerError.isInstance(error) ? error.code : `not ours: ${String(error)}`;
  }
}

const refused = /^trainer\/(bad-option|unknown-option|precision|storage|foreign-checkpoint)$/;
const shown = (value: unknown): string => (typeof value === 'function' ? 'a function' : JSON.stringify(value));

const cases = Object.entries(owners).flatMap(([owner, [call, names]]) =>
  names.map((name) => [`${owner}.${name}`, call, name] as const),
);

describe('a wrong value', () => {
  it.each(cases)('of %s is refused', async (path, call, name) => {
    for (const value of wrong) {
      if (legal[path]?.some((one) => Object.is(one, value) || (typeof one === 'object' && shown(one) === shown(value))))
        continue;
      // What is a function by nature cannot be told from a wrong function.
      if (
        typeof value === 'function' &&
        /Of$|For$|^(clock|describeBatch|toTensors|batches|metricsOf|isTooLarge|onEvent)$/.test(name)
      )
        continue;
      expect(await codeOf(() => call({ [name]: value })), `${path}: ${shown(value)}`).toMatch(refused);
    }
  });

  it.each(Object.entries(owners))('%s names the nearest option for an unknown one', async (owner, [call, names]) => {
    for (const name of names) {
      const given = { [`${name}_`]: 1 };
      const error: unknown = await Promise.resolve()
        .then(() => call(given))
        .catch((thrown: unknown) => thrown);
      expect(error, `${owner}.${name}`).toMatchObject({
        code: 'trainer/unknown-option',
        message: expect.stringContaining(`'${name}_'. Did you mean '`),
      });
    }
  });
});

/** Functions whose arguments are not options. */
const positional: Record<string, (value: Any) => unknown> = {
  train: trainer.train,
  fit: trainer.fit,
  findLearningRate: trainer.findLearningRate,
  findBatchSize: trainer.findBatchSize,
  'readCheckpoint, storage': (value) => trainer.readCheckpoint(value, 'last'),
  'readCheckpoint, which': (value) => trainer.readCheckpoint(memoryStorage(), value),
  listCheckpoints: trainer.listCheckpoints,
  csvLogger: trainer.csvLogger,
  jsonLinesLogger: trainer.jsonLinesLogger,
  quantileLoss: losses.quantileLoss,
  multiQuantileLoss: losses.multiQuantileLoss,
  mase: losses.mase,
  createMixedReference: precision.createMixedReference,
  nodeStorage,
  checkEntryName,
  opfsStorage,
  indexedDbStorage,
  'fileSink, path': (value) => node.fileSink(value),
  abortOnSignals: (value) => node.abortOnSignals(value ?? ['SIGNOTHING' as never]),
};

describe('a wrong argument', () => {
  it.each(Object.entries(positional))('of %s is refused', async (path, call) => {
    const isText = /which|nodeStorage|fileSink|EntryName|opfs|indexedDb/.test(path);
    for (const value of [undefined, ...wrong]) {
      if (typeof value === 'string' && isText) continue;
      if (path === 'abortOnSignals' && Array.isArray(value) && value.length === 0) continue;
      expect(await codeOf(() => call(value)), `${path}: ${shown(value)}`).toMatch(refused);
    }
  });

  it('every public function is walked', () => {
    const all = { ...trainer, ...losses, ...node, ...precision };
    const walked = [...Object.keys(owners), ...Object.keys(positional)].map((name) => name.split(',')[0]);
    // Of these the first has no arguments, the second is the system's, the rest are tested as losses.
    const rest = [
      'TrainerError',
      'memoryLogger',
      'writeSafely',
      'mae',
      'mse',
      'maeMse',
      'rmse',
      'mape',
      'smape',
    ].concat('normalLoss', 'studentTLoss', 'negativeBinomialLoss');
    const functions = Object.entries(all).filter(([, value]) => typeof value === 'function');
    expect(functions.map(([name]) => name).filter((name) => !walked.includes(name) && !rest.includes(name))).toEqual(
      [],
    );
  });
});
