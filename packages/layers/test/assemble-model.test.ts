import type { NamedArrays, NeuralModel } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { assembleModel, checkWindow, initialWeights, LayersError, parameterStore } from '../src/index.ts';

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

it('weights are turned and read a few at a time', async () => {
  let [alive, most] = [0, 0];
  const counted: typeof ops = {
    ...ops,
    transpose(x, permutation) {
      const turned = ops.transpose(x, permutation);
      most = Math.max(most, ++alive);
      const dispose = turned.dispose.bind(turned);
      turned.dispose = () => {
        alive--;
        dispose();
      };
      return turned;
    },
  };
  const { all, add } = parameterStore(counted, `${count++}/`);
  for (let i = 0; i < 6; i++) add(`${i}`, undefined, [512, 256]);
  const model = assembleModel(counted, { modelType: 'x', config: {}, parameters: all, forward: () => ops.zeros([1]) });
  expect(Object.keys(await model.saveWeights())).toEqual(['0', '1', '2', '3', '4', '5']);
  expect([alive, most]).toEqual([0, 2]);
  model.dispose();
});

it('saved weights are copies, vectors too', async () => {
  const model = create();
  const saved = await model.saveWeights();
  for (const { data } of Object.values(saved)) data.fill(99);
  expect(run(model)).toEqual([15, 17, 19]);
  model.dispose();
});

it('initial weights are drawn layer by layer into the same memory', () => {
  const layer = { name: 'a', inputs: 3, outputs: 2, activation: 'linear', dropout: false } as const;
  const [draw, again] = [initialWeights(1), initialWeights(1)];
  const first = draw(layer);
  const values = [...first.weight, ...first.bias];
  const second = draw(layer);
  expect(second.weight.buffer).toBe(first.weight.buffer);
  expect([...second.weight, ...second.bias]).not.toEqual(values);
  const { weight, bias } = again(layer);
  expect([weight.length, bias.length, ...weight, ...bias]).toEqual([6, 2, ...values]);
  expect(values.every((value) => Math.abs(value) <= 1 / Math.sqrt(3))).toBe(true);
});
