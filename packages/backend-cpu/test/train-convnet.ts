import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

const classes = 4;

/** Images with a bright square in one of four corners: separable, so that training visibly works. */
function images(count: number, side: number): { xs: tf.Tensor4D; ys: tf.Tensor2D } {
  const pixels = new Float32Array(count * side * side * 3);
  const labels = new Float32Array(count * classes);
  for (let n = 0; n < count; n++) {
    const corner = n % classes;
    labels[n * classes + corner] = 1;
    for (let at = 0; at < side * side; at++) {
      const [row, column] = [Math.floor(at / side), at % side];
      const inside = row < side / 2 === corner < 2 && column < side / 2 === (corner % 2 === 0);
      for (let c = 0; c < 3; c++) {
        pixels[(n * side * side + at) * 3 + c] = Math.sin(n * 12.9 + at * 0.37 + c) * 0.3 + (inside ? 0.4 : 0);
      }
    }
  }
  return { xs: tf.tensor4d(pixels, [count, side, side, 3]), ys: tf.tensor2d(labels, [count, classes]) };
}

/** An ordinary tfjs program: a small convolutional network from `tf.layers`, trained with `fit`. Returns the losses. */
export async function trainConvnet(options: {
  side: number;
  filters: number;
  count: number;
  epochs: number;
}): Promise<number[]> {
  const { side, filters, count, epochs } = options;
  let seed = 0;
  const kernelInitializer = (): ReturnType<typeof layers.initializers.glorotUniform> =>
    layers.initializers.glorotUniform({ seed: ++seed });
  const model = layers.sequential({
    layers: [
      layers.layers.conv2d({
        inputShape: [side, side, 3],
        filters,
        kernelSize: 3,
        activation: 'relu',
        padding: 'same',
        kernelInitializer: kernelInitializer(),
      }),
      layers.layers.maxPooling2d({ poolSize: 2 }),
      layers.layers.conv2d({
        filters: 2 * filters,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: kernelInitializer(),
      }),
      layers.layers.averagePooling2d({ poolSize: 2 }),
      layers.layers.flatten(),
      layers.layers.dense({ units: 16, activation: 'relu', kernelInitializer: kernelInitializer() }),
      layers.layers.dense({ units: classes, activation: 'softmax', kernelInitializer: kernelInitializer() }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });
  const { xs, ys } = images(count, side);
  const history = await model.fit(xs, ys, { epochs, batchSize: 16, shuffle: false, verbose: 0, yieldEvery: 'never' });
  model.dispose();
  tf.dispose([xs, ys]);
  return history.history['loss'] as number[];
}
