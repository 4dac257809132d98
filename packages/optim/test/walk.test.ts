import { expect, test } from 'vitest';
import * as optim from '../src/index.ts';
import { OptimError } from '../src/index.ts';
import * as tfjs from '../src/tfjs/index.ts';
import { codeOf, gradientsAt, setUp } from './small-run.ts';

// biome-ignore lint/suspicious/noExplicitAny: wrong arguments are the point
type Any = any;

/** Wrong values of every kind; none of them may pass in silence, or come out as an error that is not ours. */
const wrong: readonly Any[] = ['0.1', 'yes', Number.NaN, null, -1e9, [], {}, { a: 1 }, Symbol.iterator, 1n];

/** Every option of each function of options, and how to call it. */
const options: Record<string, readonly [call: (given: Any) => unknown, names: readonly string[]]> = {
  sgd: [optim.sgd, ['learningRate', 'momentum', 'dampening', 'nesterov', 'weightDecay', 'maximize']],
  adam: [optim.adam, ['learningRate', 'beta1', 'beta2', 'eps', 'amsgrad', 'weightDecay', 'maximize']],
  adamw: [optim.adamw, ['learningRate', 'beta1', 'beta2', 'eps', 'amsgrad', 'weightDecay', 'maximize']],
  rmsprop: [optim.rmsprop, ['learningRate', 'alpha', 'eps', 'centered', 'momentum', 'weightDecay', 'maximize']],
  nadam: [
    optim.nadam,
    ['learningRate', 'beta1', 'beta2', 'eps', 'momentumDecay', 'weightDecay', 'decoupledWeightDecay', 'maximize'],
  ],
  radam: [optim.radam, ['learningRate', 'beta1', 'beta2', 'eps', 'weightDecay', 'decoupledWeightDecay', 'maximize']],
  adagrad: [
    optim.adagrad,
    ['learningRate', 'learningRateDecay', 'initialAccumulatorValue', 'eps', 'weightDecay', 'maximize'],
  ],
  adamax: [optim.adamax, ['learningRate', 'beta1', 'beta2', 'eps', 'weightDecay', 'maximize']],
  lion: [optim.lion, ['learningRate', 'beta1', 'beta2', 'weightDecay', 'maximize']],
  lamb: [optim.lamb, ['learningRate', 'beta1', 'beta2', 'eps', 'weightDecay', 'maximize']],
  muon: [
    optim.muon,
    [
      'learningRate',
      'momentum',
      'nesterov',
      'weightDecay',
      'iterations',
      'coefficients',
      'eps',
      'adjustRate',
      'layout',
      'matrices',
      'adamw',
      'maximize',
    ],
  ],
  scheduleFreeAdamw: [
    optim.scheduleFreeAdamw,
    [
      'learningRate',
      'beta1',
      'beta2',
      'eps',
      'weightDecay',
      'warmupUpdates',
      'averagePower',
      'learningRatePower',
      'maximize',
    ],
  ],
  lookahead: [(given) => optim.lookahead(optim.sgd(), given), ['every', 'alpha']],
  accumulateMomentum: [optim.accumulateMomentum, ['momentum', 'dampening', 'nesterov']],
  adaptiveGradientClip: [optim.adaptiveGradientClip, ['clipping', 'eps']],
  addGradientNoise: [(given) => optim.addGradientNoise({ seed: 1, ...given }), ['seed', 'eta', 'gamma']],
  descend: [optim.descend, ['learningRate', 'weightDecay']],
  exponentialMovingAverage: [optim.exponentialMovingAverage, ['decay', 'startAfter', 'every']],
  stochasticWeightAverage: [optim.stochasticWeightAverage, ['startAfter', 'every']],
  orthogonalize: [optim.orthogonalize, ['iterations', 'coefficients', 'eps']],
  scaleByAdam: [optim.scaleByAdam, ['beta1', 'beta2', 'eps', 'amsgrad']],
  onlyFor: [(given) => optim.onlyFor(() => true, optim.sgd(), given), ['name']],
  createOptimizer: [
    (given) => {
      const { ops, parameters } = setUp();
      return optim.createOptimizer({ ops, parameters, transform: optim.sgd(), ...given });
    },
    ['ops', 'parameters', 'transform', 'accumulate', 'skipNonFinite'],
  ],
  apply: [(given) => setUp().apply(gradientsAt(0), given), ['gradientScale', 'gate', 'measureNorm', 'allowMissing']],
  asTfOptimizer: [(given) => tfjs.asTfOptimizer(optim.sgd(), given), ['className', 'accumulate', 'skipNonFinite']],
};

/** Wrong values that an option takes all the same. */
const legal: Record<string, readonly Any[]> = {
  'onlyFor.name': ['0.1', 'yes'],
  'apply.gradientScale': [-1e9],
  'apply.gate': [-1e9],
  'muon.adamw': [{}],
  'asTfOptimizer.className': ['yes'],
};

const cases = Object.entries(options).flatMap(([owner, [call, names]]) =>
  names.map((name) => [`${owner}.${name}`, call, name] as const),
);

test.each(cases)('%s: no wrong value passes', (path, call, name) => {
  for (const value of wrong) {
    if (legal[path]?.some((one) => JSON.stringify(one) === json(value))) continue;
    expect(
      codeOf(() => call({ [name]: value })),
      `${path}: ${json(value)}`,
    ).toMatch(/^optim\//);
  }
  // As if it were not given.
  if (!['ops', 'parameters', 'transform', 'seed'].includes(name))
    expect(codeOf(() => call({ [name]: undefined }))).toBe('no error');
});

const json = (value: unknown): string | undefined =>
  typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : JSON.stringify(value);

test.each(Object.entries(options))('%s names the nearest of its options for an unknown one', (_, [call, names]) => {
  for (const name of names) {
    expect(() => call({ [`${name}_`]: 1 })).toThrow(
      expect.objectContaining({ code: 'optim/unknown-option', message: expect.stringContaining(`'${name}'?`) }),
    );
  }
  expect(codeOf(() => call(7))).toMatch(/optim\/|no error/);
});

/** Functions whose arguments are not options: every wrong argument. */
const positional: Record<string, (value: Any) => unknown> = {
  chain: (value) => optim.chain(value),
  'onlyFor, predicate': (value) => optim.onlyFor(value, optim.sgd()),
  'onlyFor, transform': (value) => optim.onlyFor(() => true, value),
  'lookahead, inner': (value) => optim.lookahead(value),
  describeTransform: optim.describeTransform,
  addDecayedWeights: optim.addDecayedWeights,
  clipByGlobalNorm: optim.clipByGlobalNorm,
  clipByValue: optim.clipByValue,
  createOptimizer: optim.createOptimizer,
  asTfOptimizer: tfjs.asTfOptimizer,
  'Optimizer.apply': (value) => setUp().optimizer.apply(value),
  'Optimizer.restore': (value) => setUp().optimizer.restore(value),
  'Optimizer.addParameters': (value) => setUp().optimizer.addParameters(value),
  'Optimizer.hyperparameter': (value) => setUp().optimizer.hyperparameter(value),
  'Optimizer.setHyperparameter, name': (value) => setUp().optimizer.setHyperparameter(value, 1),
  'Optimizer.setHyperparameter, value': (value) => setUp().optimizer.setHyperparameter('learningRate', value),
  'TfOptimizer.learningRate': (value) => tfjs.asTfOptimizer(optim.sgd()).setLearningRate(value),
};

test.each(Object.entries(positional))('%s: no wrong argument passes', (path, call) => {
  for (const value of [undefined, ...wrong]) {
    expect(
      codeOf(() => call(value)),
      `${path}: ${json(value)}`,
    ).toMatch(/^optim\//);
  }
});

test('every public function is walked', () => {
  const walked = [...Object.keys(options), ...Object.keys(positional)].map((name) => name.split(',')[0]);
  const functions = Object.entries({ ...optim, ...tfjs }).filter(([, value]) => typeof value === 'function');
  const rest = ['OptimError', 'centralizeGradients', 'negateGradients', 'scaleByTrustRatio'];
  expect(functions.map(([name]) => name).filter((name) => !walked.includes(name) && !rest.includes(name))).toEqual([]);
});

test.each<[string, (value: Any) => unknown]>([
  ['adamw.learningRate', (value) => optim.adamw({ learningRate: value })],
  ['sgd.momentum', (value) => optim.sgd({ momentum: value })],
  ['Optimizer.setHyperparameter', (value) => setUp().optimizer.setHyperparameter('learningRate', value)],
  ['TfOptimizer.learningRate', (value) => tfjs.asTfOptimizer(optim.sgd()).setLearningRate(value)],
])('%s: an object that holds schedules is refused with the member to pass', (path, give) => {
  // The shape of what `oneCycle` of @nt/schedulers gives.
  const cycle = { learningRate: () => 0.1, momentum: () => 0.9 };
  const member = path === 'sgd.momentum' ? 'momentum' : 'learningRate';
  expect(() => give(cycle)).toThrow(new RegExp(`an object with learningRate, momentum: pass its member '${member}'`));
  expect(() => give(cycle)).toThrow(OptimError);
});
