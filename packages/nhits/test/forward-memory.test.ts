import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { createNhits } from '../src/index.ts';

type Reference = ReturnType<ReturnType<typeof createReferenceBackend>['ops']['zeros']>;

const isGone = (tensor: Reference): boolean => {
  try {
    return tensor.values === undefined;
  } catch {
    return true;
  }
};

/** For each block, how many outputs of the blocks before are still there when it runs. */
function leftAtEachBlock(training: boolean): number[] {
  const { ops } = createReferenceBackend();
  const thetas: Reference[] = [];
  const left: number[] = [];
  const counted: typeof ops = {
    ...ops,
    mlp(x, layers) {
      left.push(thetas.filter((theta) => !isGone(theta)).length);
      const theta = ops.mlp(x, layers);
      thetas.push(theta);
      return theta;
    },
  };
  const model = createNhits(counted, { inputSize: 8, horizon: 2, hiddenSize: 4 });
  ops.tidy(() => {
    const window = { input: ops.tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 8]) };
    model.forward(window, { training, random: { seed: 1, counter: 0 } });
  });
  return left;
}

it('each block has the memory of the one before, in training too: the tape saves what gradients need', () => {
  expect(leftAtEachBlock(false)).toEqual([0, 0, 0]);
  expect(leftAtEachBlock(true)).toEqual([0, 0, 0]);
});
