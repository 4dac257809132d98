import * as layers from '@tensorflow/tfjs-layers';
import { type Model, modelProgram, seeded } from './model-program.ts';
import { picks, type TfjsProgram, wave } from './program.ts';

const [batch, time, features, units] = [32, 12, 8, 32];
const { layers: make } = layers;

/** A recurrent layer before one dense output. */
const regression = (name: string, build: () => layers.layers.Layer, sequences = false): TfjsProgram =>
  modelProgram({
    name,
    random: name.includes('dropout'),
    model: () =>
      layers.sequential({
        layers: [
          make.inputLayer({ inputShape: [time, features] }),
          build(),
          ...(sequences ? [make.timeDistributed({ layer: make.dense({ units: 1, ...seeded(9) }) })] : [dense(1)]),
        ],
      }),
    data: () => [wave([batch, time, features]), wave(sequences ? [batch, time, 1] : [batch, 1], 2)],
    loss: 'meanSquaredError',
  });

const dense = (units: number): layers.layers.Layer => make.dense({ units, ...seeded(8) });
const recurrent = (extra: object = {}): never =>
  ({ units, ...seeded(1), recurrentInitializer: layers.initializers.glorotNormal({ seed: 3 }), ...extra }) as never;

const words = 400;

/** Text: embedding, mask of the padding, LSTM, classes as numbers. */
const text: TfjsProgram = modelProgram({
  name: 'embedding, masked LSTM, sparse cross-entropy',
  model: (): Model =>
    layers.sequential({
      layers: [
        make.embedding({
          inputDim: words,
          outputDim: 32,
          inputLength: time,
          maskZero: true,
          embeddingsInitializer: layers.initializers.randomUniform({ seed: 5, minval: -0.1, maxval: 0.1 }),
        }),
        make.lstm(recurrent()),
        make.dense({ units: 10, activation: 'softmax', ...seeded(6) }),
      ],
    }),
  data: () => [picks([batch, time], words), picks([batch, 1], 10, 'float32')],
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});

/** Layers that read a series step by step. */
export const recurrentPrograms: readonly TfjsProgram[] = [
  regression('simple RNN', () => make.simpleRNN(recurrent())),
  regression('LSTM', () => make.lstm(recurrent())),
  regression('LSTM, all steps, unrolled', () => make.lstm(recurrent({ returnSequences: true, unroll: true })), true),
  regression('GRU', () => make.gru(recurrent())),
  regression('GRU backwards with dropout', () =>
    make.gru(recurrent({ goBackwards: true, dropout: 0.2, recurrentDropout: 0.2 })),
  ),
  regression(
    'bidirectional LSTM',
    () => make.bidirectional({ layer: make.lstm(recurrent({ returnSequences: true })) as never, mergeMode: 'concat' }),
    true,
  ),
  regression('stacked RNN cells', () =>
    make.rnn({ cell: [make.lstmCell(recurrent()), make.gruCell(recurrent())] as never }),
  ),
  text,
];
