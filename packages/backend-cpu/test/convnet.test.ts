import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { useEngine } from './engines.ts';
import { trainingTolerance } from './tolerances.ts';
import { trainConvnet } from './train-convnet.ts';

it('an unmodified tfjs convnet trains to the same loss as on the stock engine', async () => {
  const program = { side: 12, filters: 4, count: 48, epochs: 6 };
  await useEngine({ threads: 2 });
  const losses = await trainConvnet(program);
  await tf.setBackend('cpu');
  const stock = await trainConvnet(program);
  expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
  for (const [epoch, loss] of losses.entries()) expect(Math.abs(loss - stock[epoch]!)).toBeLessThan(trainingTolerance);
});
