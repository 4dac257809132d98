// The convnet of the tests on one engine, in a process of its own. A repetition is the whole program: images, model, fit.
// Arguments: engine (see engine-under-test.ts, or `tfjs-node`), threads, side, filters, count, epochs.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { trainConvnet } from '../test/train-convnet.ts';
import { answerCannot, answerLines } from './answer-lines.ts';
import { createEngine } from './engine-under-test.ts';

const [engine, threads, side, filters, count, epochs] = process.argv.slice(2) as [string, ...string[]];
const program = { side: Number(side), filters: Number(filters), count: Number(count), epochs: Number(epochs) };
/** The batch size of the program. */
const stepsPerEpoch = Math.ceil(program.count / 16);

try {
  const about = engine === 'tfjs-node' ? await useTfjsNode() : await useEngine();
  const losses = await trainConvnet(program);
  const repeat = async (): Promise<void> => {
    await trainConvnet(program);
  };
  answerLines({ ...about, losses }, repeat, stepsPerEpoch * program.epochs);
} catch (error) {
  answerCannot(error);
}

async function useEngine(): Promise<{ kernelSet: string }> {
  const backend = await createEngine(engine, Number(threads));
  const { kernelSet } = await backend.describe();
  return { kernelSet };
}

/** The addon that packages/backend-node-gpu/tools/build-addon.mjs has built, on CPU TensorFlow. */
async function useTfjsNode(): Promise<{ version: string }> {
  // tfjs-node calls two functions that Node 23 removed.
  const util = process.getBuiltinModule('node:util') as unknown as Record<string, (value: unknown) => boolean>;
  util['isNullOrUndefined'] ??= (value) => value === undefined || value === null;
  util['isArray'] ??= Array.isArray;
  const installed = '../../../.cache/node-gpu/install/node_modules/@tensorflow/tfjs-node-gpu/dist/index.js';
  await import(pathToFileURL(path.resolve(import.meta.dirname, installed)).href);
  await tf.setBackend('tensorflow');
  const { binding } = tf.findBackend('tensorflow') as unknown as { binding: { TF_Version: string } };
  return { version: binding.TF_Version };
}
