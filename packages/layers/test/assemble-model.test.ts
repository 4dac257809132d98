import type { NamedArrays, NeuralModel } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { assembleModel, checkWindow, LayersError, parameterStore } from '../src/index.ts';

const { ops, memory } = createReferenceBackend();
type Reference = ReturnType<typeof ops.zeros>;
let count = 0;
const random = { seed: 1, counter: 0 };

/** y = x W + b of two inputs and three outputs; the bias is frozen, and files hold the weight under two names. */
function create(start: NamedArrays = {}): NeuralModel<Reference> {
  const { all, add } = parameterStore(ops, `${count++}/`);
  add('line.weight', [1, 2, 3, 4, 5, 6], [2, 3]);
  add('line.bias', undefined, [3]);
  const constant = ops.keep(ops.tensor([10], []));
  return assembleModel(ops, {
    modelType: 'line',
    config: {},
    parameters: all,
    isTrained: (name) => name !== 'line.bias',
    aliases: { 'line.weight': ['again.weight'] },
    constants: [constant],
    start,
    forward: ({ input }) =>
      ops.add(ops.dense(input, all.get('line.weight')!, all.get('line.bias')!, 'linear'), constant),
  });
}

const run = (model: NeuralModel<Reference>): number[] =>
  Array.from(model.forward({ input: ops.tensor([1, 1], [1, 2]) }, { training: false, random }).values);
const array = (shape: number[], values: number[]) => ({
  shape,
  dtype: 'float64' as const,
  data: Float64Array.from(values),
});

it('files hold matrices turned, as PyTorch, and shared weights under every name', async () => {
  const model = create();
  const saved = await model.saveWeights();
  expect(Object.keys(saved)).toEqual(['line.weight', 'line.bias', 'again.weight']);
  expect(saved['line.weight']).toEqual(array([3, 2], [1, 4, 2, 5, 3, 6]));
  expect(run(model)).toEqual([15, 17, 19]);
  const other = create({ 'line.bias': array([3], [1, 1, 1]) });
  expect(run(other)).toEqual([16, 18, 20]);
  other.loadWeights(saved);
  expect(run(other)).toEqual(run(model));
  model.dispose();
  other.dispose();
});

it('trains what may be trained, and frees everything, also when its start does not fit', () => {
  const before = memory().tensors;
  const model = create();
  expect([...model.parameters.keys()]).toEqual(['line.weight']);
  expect(model.numParameters).toBe(6);
  model.dispose();
  expect(() => create({ 'line.bias': array([2], [1, 1]) })).toThrow(/Other shape: line\.bias \(expected \[3\]/);
  expect(() => create({ other: array([1], [1]) })).toThrow(/Unexpected: other/);
  expect(memory().tensors).toBe(before);
});

it('refuses windows of another size, naming the input', () => {
  const size = { inputSize: 2, horizon: 1, outputs: 1, historic: 0, future: 1, static: 0 };
  const input = ops.tensor([1, 2], [1, 2]);
  const check = (): void => checkWindow(size, { input });
  expect(check).toThrow(/input 'future': expected \[1,3,1\], got none/);
  try {
    check();
  } catch (error) {
    expect(LayersError.isInstance(error) && error.code).toBe('layers/input');
  }
});
