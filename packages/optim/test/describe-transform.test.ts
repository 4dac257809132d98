import { expect, test } from 'vitest';
import {
  adamw,
  addGradientNoise,
  chain,
  describeTransform,
  exponentialMovingAverage,
  lookahead,
  muon,
  onlyFor,
  scheduleFreeAdamw,
  sgd,
} from '../src/index.ts';
import { gradientsAt, setUp } from './small-run.ts';

test('a description has every number by its public name, and says where a schedule is', () => {
  const transform = chain(
    onlyFor(({ name }) => name === 'a', adamw({ learningRate: () => 0.1, weightDecay: 0.02 }), { name: 'head' }),
    exponentialMovingAverage({ decay: 0.9, startAfter: 7 }),
  );
  expect(describeTransform(transform)).toEqual({
    name: 'chain(onlyFor(head), exponentialMovingAverage)',
    hyperparameters: {
      'head.beta1': 0.9,
      'head.beta2': 0.999,
      'head.eps': 1e-8,
      'head.learningRate': 'schedule',
      'head.weightDecay': 0.02,
      decay: 0.9,
    },
    steps: [
      { name: 'scaleByAdam', amsgrad: false },
      { name: 'descend' },
      { name: 'exponentialMovingAverage', startAfter: 7, every: 1 },
    ],
  });
});

/** Pairs that differ in one thing. */
test.each([
  ['nesterov', sgd({ momentum: 0.9 }), sgd({ momentum: 0.9, nesterov: true })],
  ['amsgrad', adamw(), adamw({ amsgrad: true })],
  ['maximize', adamw(), adamw({ maximize: true })],
  ['a decay that is built or not', adamw({ weightDecay: 0 }), adamw()],
  ['lookahead.every', lookahead(sgd()), lookahead(sgd(), { every: 6 })],
  ['a seed', addGradientNoise({ seed: 1 }), addGradientNoise({ seed: 2 })],
  ['muon.iterations', muon(), muon({ iterations: 6 })],
  ['muon.layout', muon(), muon({ layout: 'outputsInputs' })],
  ['warm-up', scheduleFreeAdamw(), scheduleFreeAdamw({ warmupUpdates: 9 })],
  ['beta1 of scheduleFreeAdamw', scheduleFreeAdamw(), scheduleFreeAdamw({ beta1: 0.8 })],
])('another %s gives another description', (_, one, other) => {
  const [left, right] = [describeTransform(one), describeTransform(other)];
  expect(JSON.parse(JSON.stringify(left))).toEqual(left);
  expect(left).not.toEqual(right);
});

test('measureNorm alone makes the norm available', async () => {
  const run = setUp({ transform: sgd() });
  run.apply(gradientsAt(0));
  expect(run.optimizer.lastGradientNorm).toBeUndefined();
  run.apply({ a: [2, 0, 1], b: [2] }, { measureNorm: true });
  expect((await run.optimizer.lastGradientNorm!.data())[0]).toBeCloseTo(3, 12);
});
