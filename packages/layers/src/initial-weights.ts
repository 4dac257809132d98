import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { LayersError } from './layers-error.ts';
import type { LayerPlan } from './run-layers.ts';

/** Of one layer: 1 GiB in float32, and with gradient and moments as much as the CPU engine's heap can hold. */
const mostWeights = 2 ** 28;

/** Weight `[inputs, outputs]` and bias `[outputs]` of a layer, row-major. */
export interface LayerWeights {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/**
 * PyTorch's default for `nn.Linear`: weights and biases uniform in ±1/√inputs. The numbers themselves are ours, drawn on
 * the host from one seeded xoroshiro128+ stream, so they are the same on every engine.
 *
 * @returns draws the weights of the next layer: call it for one layer after the other, in the network's order. What it
 *   gives is valid until the next call, since all together would be twice the size of the network; throws LayersError
 *   `layers/weights` for a layer of more than 2²⁸ weights, before memory is asked for that a system gives out and does not have
 */
export function initialWeights(seed: number): (layer: LayerPlan) => LayerWeights {
  const generator = xoroshiro128plus(seed);
  let memory = new Float64Array();
  return ({ name, inputs, outputs }) => {
    checkWeights(name, inputs, outputs);
    const [bound, count] = [1 / Math.sqrt(inputs), (inputs + 1) * outputs];
    if (memory.length < count) memory = new Float64Array(count);
    for (let i = 0; i < count; i++) memory[i] = (2 * uniformFloat64(generator) - 1) * bound;
    return { weight: memory.subarray(0, inputs * outputs), bias: memory.subarray(inputs * outputs, count) };
  };
}

function checkWeights(name: string, inputs: number, outputs: number): void {
  const weights = inputs * outputs;
  if (weights <= mostWeights) return;
  const whole = (count: number) => count.toLocaleString('en-US');
  throw new LayersError(
    'layers/weights',
    `${name}: ${whole(inputs)} × ${whole(outputs)} weights are ${whole(weights)}; a layer may have ${whole(mostWeights)}. Choose a smaller hidden size, look-back or horizon.`,
    { layer: name, inputs, outputs, most: mostWeights },
  );
}
