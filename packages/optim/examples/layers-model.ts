import '@tensorflow/tfjs-backend-cpu';
import { adamw, chain, clipByGlobalNorm, exponentialMovingAverage } from '@nt/optim';
import { asTfOptimizer } from '@nt/optim/tfjs';
import { tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';

const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
const optimizer = asTfOptimizer(
  chain(
    clipByGlobalNorm(1),
    adamw({ learningRate: (completedUpdates) => 0.1 * 0.99 ** completedUpdates, weightDecay: 0.01 }),
    exponentialMovingAverage({ decay: 0.9 }),
  ),
);
model.compile({ optimizer, loss: 'meanSquaredError' });

const x = tensor([-1, 0, 1, 2], [4, 1]);
const y = tensor([-1, 1, 3, 5], [4, 1]);
const { history } = await model.fit(x, y, { epochs: 100, verbose: 0 });
const losses = history['loss'] as number[];
console.log(`loss ${losses[0]!.toFixed(1)} -> ${losses.at(-1)! < 0.05 ? 'below 0.05' : losses.at(-1)}`);
console.log(`${optimizer.iterations} updates, rate now ${optimizer.driver!.hyperparameter('learningRate').toFixed(4)}`);

optimizer.driver!.useEvaluationWeights(); // the average; useTrainingWeights() brings the others back
//> loss 9.0 -> below 0.05
//> 100 updates, rate now 0.0366
