import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

const rows = 32;
const xs = () =>
  tf.tensor(
    Float32Array.from({ length: rows * 3 }, (_, i) => Math.sin(i)),
    [rows, 3],
  );
const ys = () =>
  tf.tensor(
    Float32Array.from({ length: rows }, (_, i) => Math.cos(i / 3)),
    [rows, 1],
  );

export function makeModel(): tfl.Sequential {
  const kernel = (seed: number) => tfl.initializers.glorotUniform({ seed });
  return tfl.sequential({
    layers: [
      tfl.layers.dense({ units: 8, activation: 'tanh', inputShape: [3], kernelInitializer: kernel(1), name: 'hidden' }),
      tfl.layers.dense({ units: 1, kernelInitializer: kernel(2), name: 'out' }),
    ],
  });
}

export async function fit(model: tfl.LayersModel, epochs: number): Promise<number[]> {
  const [x, y] = [xs(), ys()];
  const { history } = await model.fit(x, y, { epochs, batchSize: 8, shuffle: false, verbose: 0 });
  tf.dispose([x, y]);
  return history['loss'] as number[];
}

export function compiled(optimizer: tf.Optimizer): tfl.Sequential {
  const model = makeModel();
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return model;
}

export const weightsOf = (model: tfl.LayersModel): number[][] =>
  model.getWeights().map((weight) => [...weight.dataSync()]);

/** Saves with the optimizer and loads again, in memory. */
export async function saveAndLoad(model: tfl.LayersModel): Promise<tfl.LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await model.save(handler, { includeOptimizer: true });
  return tfl.loadLayersModel(tf.io.fromMemory(saved!));
}
