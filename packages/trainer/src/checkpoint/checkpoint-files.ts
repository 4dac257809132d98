import type { OptimizerSnapshot, OptimizerSnapshotHeader } from '@nt/optim';
import type { NamedArrays } from '@nt/tensor';
import type { RunState } from '../run/run-state.ts';
import type { FileInParts } from '../storage/checkpoint-storage.ts';
import type { CheckpointContent, LiveContent } from './checkpoint.ts';
import { readExactJson, writeExactJson } from './exact-json.ts';
import { arraysInParts, decodeArrays } from './named-arrays-file.ts';

/** Files of a checkpoint beside its manifest. The last two exist only when there is something to hold. */
export const fileNames = {
  weights: 'weights.safetensors',
  optimizer: 'optimizer.safetensors',
  state: 'state.json',
  averaged: 'averaged.safetensors',
  best: 'best.safetensors',
} as const;

/**
 * The files of a checkpoint, each read when its turn comes and forgotten when it is written. Nothing in them depends on
 * the clock, so equal runs have equal files.
 */
export async function* contentInParts(content: LiveContent): AsyncGenerator<FileInParts, void> {
  const { optimizer, bestWeights } = content;
  yield { name: fileNames.weights, parts: arraysInParts(await content.weights()) };
  yield { name: fileNames.optimizer, parts: arraysInParts(optimizer.arrays) };
  const text = writeExactJson({ ...(await content.state()), optimizer: optimizer.header }, 2);
  yield { name: fileNames.state, parts: onePart(new TextEncoder().encode(`${text}\n`)) };
  if (content.averagedWeights)
    yield { name: fileNames.averaged, parts: arraysInParts(await content.averagedWeights()) };
  if (bestWeights) yield { name: fileNames.best, parts: arraysInParts(bestWeights) };
}

/** A file that is there as a whole. */
export async function* onePart(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

/** The content of checked files. */
export function decodeContent(files: Readonly<Record<string, Uint8Array>>): CheckpointContent {
  const optional = (name: string): NamedArrays | null => (files[name] ? decodeArrays(files[name]) : null);
  const text = new TextDecoder().decode(files[fileNames.state]);
  const { optimizer, ...state } = readExactJson(text) as RunState & { readonly optimizer: OptimizerSnapshotHeader };
  const snapshot: OptimizerSnapshot = { header: optimizer, arrays: decodeArrays(files[fileNames.optimizer]!) };
  return {
    weights: decodeArrays(files[fileNames.weights]!),
    optimizer: snapshot,
    state,
    averagedWeights: optional(fileNames.averaged),
    bestWeights: optional(fileNames.best),
  };
}
