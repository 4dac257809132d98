import type { Activation } from '../../activation.ts';
import { activations } from '../../activation.ts';
import type { DenseLayer, NetworkOps } from '../../network-ops.ts';
import type { Tensor } from '../../tensor.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { errorsCase, gradientsCase, uniform, valuesCase } from './case-builders.ts';

/** Sizes differ from layer to layer. */
const parameters = [
  uniform([5, 19], 210, -0.5, 0.5),
  uniform([19], 211),
  uniform([19, 4], 212, -0.5, 0.5),
  uniform([4], 213),
  uniform([4, 7], 214),
  uniform([7], 215),
];
const x = uniform([6, 5], 216);

type Compute = <T extends Tensor>(ops: NetworkOps<T>, ...tensors: T[]) => T;

/** Three layers on the first tensor; the others are their weights and biases in turns. */
function threeLayers(between: Activation, last: Activation): Compute {
  return (ops, input, ...rest) => {
    const layer = (i: number, activation: Activation): DenseLayer<(typeof rest)[number]> => ({
      w: rest[2 * i]!,
      b: rest[2 * i + 1]!,
      activation,
    });
    return ops.mlp(input!, [layer(0, 'linear'), layer(1, between), layer(2, last)]);
  };
}

const perActivation = activations.flatMap((activation) => [
  valuesCase(`mlp/${activation} between and last`, ['mlp'], [x, ...parameters], threeLayers(activation, activation)),
  gradientsCase(`mlp/${activation} between`, ['mlp'], [x, ...parameters], threeLayers(activation, 'linear')),
  gradientsCase(`mlp/${activation} last`, ['mlp'], [x, ...parameters], threeLayers('softplus', activation)),
]);

/** `mlp`: what `dense` is in a row. */
export const mlpCases: readonly ConformanceCase[] = [
  ...perActivation,
  valuesCase(
    'mlp/one layer is dense',
    ['mlp', 'dense', 'sub'],
    [uniform([3, 4], 270), uniform([4, 5], 271), uniform([5], 272)],
    (ops, input, w, b) => ops.sub(ops.mlp(input, [{ w, b, activation: 'tanh' }]), ops.dense(input, w, b, 'tanh')),
    { expected: [new Array<number>(15).fill(0)] },
  ),
  gradientsCase(
    'mlp/constant input',
    ['mlp'],
    parameters,
    (ops, ...tensors) => threeLayers('tanh', 'sigmoid')(ops, tensors.at(-1)!, ...tensors.slice(0, -1)),
    { constants: [x] },
  ),
  gradientsCase('mlp/only the input', ['mlp'], [x], threeLayers('selu', 'linear'), { constants: parameters }),
  gradientsCase(
    'mlp/weights that are shared and computed, an input that is used again',
    ['mlp', 'add', 'mul'],
    [uniform([4, 6], 273), uniform([6, 6], 274, -0.7, 0.7), uniform([6], 275)],
    (ops, input, w, b) => {
      const layer = { w: ops.mul(w, w), b, activation: 'tanh' } as const;
      return ops.add(input, ops.mlp(input, [layer, layer]));
    },
  ),
  errorsCase('mlp/no layers', ['mlp'], [x], (ops, input) => ops.mlp(input, []), 'tensor/shape'),
  errorsCase(
    'mlp/a layer that does not fit the one before',
    ['mlp'],
    [x, ...parameters.slice(0, 2)],
    (ops, input, w, b) =>
      ops.mlp(input, [
        { w, b, activation: 'relu' },
        { w, b, activation: 'relu' },
      ]),
    'tensor/shape',
  ),
];
