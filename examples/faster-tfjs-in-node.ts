// A tfjs program as it stands, on tfjs's own CPU engine and on nt-cpu: one more import, the same losses, less time.
import '@tensorflow/tfjs-backend-cpu';
import '@nt/backend-cpu/register';
import { randomUniform, setBackend, tensor1d, train } from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';

/** A small convolutional network on pictures of noise. Nothing in it knows of engines. */
async function trainConvnet(): Promise<readonly number[]> {
  const pictures = randomUniform([64, 14, 14, 1], 0, 1, 'float32', 3);
  const classes = tensor1d(Array.from({ length: 64 }, (_, picture) => picture % 4));
  const weights = (seed: number) => initializers.glorotUniform({ seed });
  const model = sequential({
    layers: [
      layers.conv2d({
        inputShape: [14, 14, 1],
        filters: 16,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: weights(1),
      }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 4, activation: 'softmax', kernelInitializer: weights(2) }),
    ],
  });
  model.compile({ optimizer: train.adam(3e-3), loss: 'sparseCategoricalCrossentropy' });
  const { history } = await model.fit(pictures, classes, { epochs: 4, batchSize: 16, shuffle: false, verbose: 0 });
  return history['loss'] as number[];
}

/** Losses of each epoch, and the seconds that they took. */
async function trainOn(engine: string): Promise<{ readonly losses: readonly number[]; readonly seconds: number }> {
  await setBackend(engine);
  const start = performance.now();
  const losses = await trainConvnet();
  return { losses, seconds: (performance.now() - start) / 1000 };
}

const stock = await trainOn('cpu');
const fast = await trainOn('nt-cpu');
const difference = Math.max(...stock.losses.map((loss, epoch) => Math.abs(loss - fast.losses[epoch]!)));
console.error(`tfjs cpu ${stock.seconds.toFixed(2)} s, nt-cpu ${fast.seconds.toFixed(2)} s`); // yours will differ
console.log(stock.losses.length, difference < 1e-4 ? 'same losses' : `losses differ by ${difference}`);
//> 4 same losses
