import { deepEqual } from 'node:assert/strict';

/**
 * A project that trains with tfjs-layers already and takes only our optimizer.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const tfjsLayers = {
  name: 'tfjs-layers',
  packages: ['@nt/optim'],
  dependencies: {
    '@tensorflow/tfjs-core': '4.22.0',
    '@tensorflow/tfjs-layers': '4.22.0',
    '@tensorflow/tfjs-backend-cpu': '4.22.0',
  },
  files: {
    'main.js': `
      import '@tensorflow/tfjs-backend-cpu';
      import * as tf from '@tensorflow/tfjs-core';
      import * as layers from '@tensorflow/tfjs-layers';
      import { adamw } from '@nt/optim';
      import { asTfOptimizer } from '@nt/optim/tfjs';
      const model = layers.sequential({ layers: [
        layers.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'zeros' }),
      ] });
      model.compile({ optimizer: asTfOptimizer(adamw({ learningRate: 0.1 })), loss: 'meanSquaredError' });
      const x = tf.tensor2d([[0, 0], [0, 1], [1, 0], [1, 1]]);
      const y = tf.tensor2d([[1], [3], [0], [2]]);
      const { history } = await model.fit(x, y, { epochs: 150, shuffle: false, verbose: 0 });
      const tensors = tf.memory().numTensors;
      await model.fit(x, y, { epochs: 5, shuffle: false, verbose: 0 });
      console.log(JSON.stringify({ learned: history.loss.at(-1) < 0.01 * history.loss[0], leaked: tf.memory().numTensors - tensors }));
    `,
  },
  use({ run }) {
    deepEqual(JSON.parse(run('node', 'main.js')), { learned: true, leaked: 0 });
  },
};
