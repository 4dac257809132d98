import { calendarFeatures } from '@nt/data';
import {
  augmentationNames,
  averageNames,
  blendOptionTable,
  blendPresets,
  forecasterOptionTable,
  lossNames,
  optimizerNames,
  partOptionTable,
  scheduleNames,
  trainingOptionTable,
} from '@nt/forecast';
import { nhitsConfig } from '@nt/nhits';
import { networkSettings } from './network-settings.ts';
import { type OptionFlag, optionFlag } from './option-flag.ts';
import { choice, choices, parseSettings, settingsSchema, settingsText } from './parse-choice.ts';
import { integer, listed, number, part } from './parse-number.ts';
import { reading } from './value-kind.ts';

/** What the command does otherwise than the library, which forecasts as far as it is told and keeps nothing back. */
export const commandDefaults = { horizon: 24, test: 0.2 } as const;

const network = nhitsConfig({ inputSize: 3, horizon: 1 });

/** What is trained. */
export const forecasterFlags: readonly OptionFlag[] = [
  optionFlag(forecasterOptionTable, 'inputSize', '--input-size <steps>', { read: integer(1) }),
  optionFlag(forecasterOptionTable, 'horizon', '--horizon <steps>', {
    read: integer(1),
    default: String(commandDefaults.horizon),
  }),
  optionFlag(forecasterOptionTable, 'scaler', '--scaler <name>'),
  optionFlag(forecasterOptionTable, 'scalerScope', '--scaler-scope <scope>'),
  optionFlag(forecasterOptionTable, 'calendar', '--calendar <features>', {
    read: listed(calendarFeatures),
    help: 'calendar features that become covariates known ahead, separated by commas or given several times',
  }),
  optionFlag(forecasterOptionTable, 'seed', '--seed <n>', {
    read: integer(0),
    help: 'of initial weights, order of windows and dropout: same seed, data and machine, same bits',
  }),
];

/** The network itself: N-HiTS by flags of their own, every network by its options' names. */
export const networkFlags: readonly OptionFlag[] = [
  {
    flag: '--network <settings>',
    option: 'network',
    read: networkSettings,
    help: 'options of the network as the library names them: basis=legendre,nHarmonics=3, or JSON',
  },
  {
    flag: '--variant <name>',
    option: 'variant',
    choices: ['neuralforecast', 'paper'],
    help: 'N-HiTS as in neuralforecast, or as in the paper (fewer layers)',
    default: network.variant,
  },
  {
    flag: '--hidden-size <n>',
    option: 'hiddenSize',
    read: integer(1),
    help: 'width of the hidden layers',
    default: String(network.hiddenSize),
  },
  {
    flag: '--n-stacks <n>',
    option: 'nStacks',
    read: integer(1),
    help: 'stacks, each looking at a finer scale than the one before',
    default: String(network.nBlocks.length),
  },
  {
    flag: '--dropout <p>',
    option: 'dropoutProbTheta',
    read: number(0, 1),
    help: 'probability of dropping a hidden value',
    default: String(network.dropoutProbTheta),
  },
];

const training = (option: keyof typeof trainingOptionTable, flag: string, rest?: Partial<OptionFlag>): OptionFlag =>
  optionFlag(trainingOptionTable, option, flag, rest);

/** How long, on which data. */
export const fitFlags: readonly OptionFlag[] = [
  {
    flag: '--preset <name>',
    option: 'preset',
    choices: blendPresets,
    help: 'what is trained: accurate (several networks and linear models, blended by validation), fast (the same, smaller), reference (one network as neuralforecast trains it)',
    default: 'accurate; beside a flag that only one network has, that network',
  },
  optionFlag(blendOptionTable, 'ensemble', '--ensemble <n>', {
    read: integer(1),
    help: 'with accurate and fast: networks of each kind, of different seeds',
  }),
  optionFlag(blendOptionTable, 'refitWithValidation', '--refit-with-validation', {
    help: 'with accurate and fast: train what validation chose once more, on the validation part too; weights and intervals stay',
  }),
  training('maxEpochs', '--epochs <n>', { read: integer(1) }),
  training('maxUpdates', '--max-updates <n>', {
    read: integer(1),
    default: 'all of the epochs; of each network of a blend 2000, 500 with fast, 1000 with reference',
  }),
  training('batchSize', '--batch-size <windows>', { read: integer(1) }),
  training('patience', '--patience <checks>', { read: integer(0) }),
  training('validationEvery', '--validation-every <updates>', { read: integer(1) }),
  training('validationStride', '--validation-stride <steps>', { read: integer(1) }),
  training('restoreBestWeights', '--no-restore-best-weights', {
    help: 'leave the weights of the last update in the model, not those of the best check',
    default: 'the best',
  }),
  optionFlag(partOptionTable, 'validation', '--val-split <part>', {
    read: part,
    help: 'part of the data that decides when to stop: a fraction, time steps, or its first date',
  }),
  optionFlag(partOptionTable, 'test', '--test-split <part>', {
    read: part,
    help: 'newest part of the data, kept back to judge the model, likewise',
    default: String(commandDefaults.test),
  }),
  training('recencyHalfLife', '--recency-half-life <steps>', { read: number(1e-3) }),
  training('partialTargets', '--partial-targets'),
  training('augment', '--augment <NAME>', {
    read: choices(augmentationNames),
    help: 'changes to training windows, may be given several times',
  }),
];

/** How an update is made. */
export const updateFlags: readonly OptionFlag[] = [
  training('loss', '--loss <NAME>', { read: choice(lossNames) }),
  training('optimizer', '--optimizer <NAME>', { read: choice(optimizerNames) }),
  training('learningRate', '--lr <rate>', { read: number(0) }),
  training('weightDecay', '--weight-decay <rate>', { read: number(0) }),
  training('lookahead', '--lookahead [settings]', {
    read: reading(
      (text: string) => parseSettings(text),
      settingsSchema,
      (value) => [settingsText(value as object)],
    ),
    help: "slow weights that follow the optimizer's: every=5,alpha=0.5",
  }),
  training('schedule', '--schedule <NAME>', { read: choice(scheduleNames) }),
  training('warmupUpdates', '--warmup <updates>', { read: integer(0) }),
  training('accumulate', '--accumulate <batches>', { read: integer(1) }),
  training('gradientClipNorm', '--clip <norm>', { read: number(0) }),
  training('gradientClipValue', '--clip-value <limit>', { read: number(0) }),
  training('averaging', '--averaging <NAME>', { read: choice(averageNames) }),
  training('nanPolicy', '--nan-policy <policy>'),
];

/** What it is computed in: asked of the engine. */
export const precisionFlag: OptionFlag = training('precision', '--precision <policy>');
