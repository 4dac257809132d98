// A tf.layers model as you have it, with AdamW, clipping by norm, warm-up and a cosine; saved in the middle and resumed.
import '@tensorflow/tfjs-backend-cpu';
import { adamw, chain, clipByGlobalNorm } from '@nt/optim';
import { asTfOptimizer } from '@nt/optim/tfjs';
import { cosine, warmup } from '@nt/schedulers';
import { linspace, reshape, sin } from '@tensorflow/tfjs-core';
import { initializers, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';

const x = reshape(linspace(-3, 3, 256), [256, 1]);
const y = sin(x);

const transform = chain(
  clipByGlobalNorm(1),
  adamw({
    learningRate: warmup({ schedule: cosine({ learningRate: 3e-2, tMax: 400 }), warmupUpdates: 20 }),
    weightDecay: 1e-4,
  }),
);

function compiled(): { readonly model: Sequential; readonly optimizer: ReturnType<typeof asTfOptimizer> } {
  const weights = (seed: number) => initializers.glorotUniform({ seed });
  // State is kept by the names of the weights: named layers are found again.
  const model = sequential({
    layers: [
      layers.dense({ name: 'hidden', units: 32, activation: 'tanh', inputShape: [1], kernelInitializer: weights(1) }),
      layers.dense({ name: 'out', units: 1, kernelInitializer: weights(2) }),
    ],
  });
  const optimizer = asTfOptimizer(transform);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return { model, optimizer };
}

const { model, optimizer } = compiled();
const { history } = await model.fit(x, y, { epochs: 40, batchSize: 32, shuffle: false, verbose: 0 });
const losses = history['loss'] as number[];
console.log(`loss ${losses.at(-1)! < 0.1 * losses[0]! ? 'a tenth or less' : 'hardly less'} of the first epoch's`);
console.log(
  `${optimizer.iterations} updates, rate ${optimizer.driver!.hyperparameter('learningRate').toExponential(1)}`,
);

// Weights and optimizer state into another model, which goes on as this one would have.
const resumed = compiled();
resumed.model.setWeights(model.getWeights());
await resumed.optimizer.setWeights(await optimizer.getWeights());
const more = { epochs: 1, batchSize: 32, shuffle: false, verbose: 0 };
const [one, other] = [await model.fit(x, y, more), await resumed.model.fit(x, y, more)];
console.log(one.history['loss']![0] === other.history['loss']![0]);
//> loss a tenth or less of the first epoch's
//> 320 updates, rate 4.4e-3
//> true
