import { initialWeights } from '@nt/layers';
import { expect, it } from 'vitest';

const layer = { name: 'blocks.0.layers.0', activation: 'relu', dropout: false } as const;

it('a layer that no memory can hold is refused before it is asked for', () => {
  const draw = initialWeights(1);
  expect(() => draw({ ...layer, inputs: 28, outputs: 1e8 })).toThrow(
    expect.objectContaining({
      code: 'layers/weights',
      message:
        'blocks.0.layers.0: 28 × 100,000,000 weights are 2,800,000,000; a layer may have 268,435,456. Choose a smaller hidden size, look-back or horizon.',
    }),
  );
  expect(draw({ ...layer, inputs: 28, outputs: 100 }).weight).toHaveLength(2800);
});
