import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';

/** Loads the addon that packages/backend-node-gpu/tools/build-addon.mjs has built, on CPU TensorFlow, as `tensorflow`. */
export async function useTfjsNode(): Promise<{ version: string }> {
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
