import type { OptimizerSnapshot, OptimizerSnapshotHeader } from '@nt/optim';
import type { NamedArrays } from '@nt/tensor';
import type { RunState } from '../run/run-state.ts';
import type { CheckpointContent } from './checkpoint.ts';
import { readExactJson, writeExactJson } from './exact-json.ts';
import { decodeArrays, encodeArrays } from './named-arrays-file.ts';

/** Files of a checkpoint beside its manifest. The last two exist only when there is something to hold. */
export const fileNames = {
  weights: 'weights.safetensors',
  optimizer: 'optimizer.safetensors',
  state: 'state.json',
  averaged: 'averaged.safetensors',
  best: 'best.safetensors',
} as const;

/** The files of a checkpoint. Nothing in them depends on the clock, so equal runs have equal files. */
export function encodeContent(content: CheckpointContent): Record<string, Uint8Array> {
  const { state, optimizer } = content;
  const text = writeExactJson({ ...state, optimizer: optimizer.header }, 2);
  return {
    [fileNames.weights]: encodeArrays(content.weights),
    [fileNames.optimizer]: encodeArrays(optimizer.arrays),
    [fileNames.state]: new TextEncoder().encode(`${text}\n`),
    ...(content.averagedWeights && { [fileNames.averaged]: encodeArrays(content.averagedWeights) }),
    ...(content.bestWeights && { [fileNames.best]: encodeArrays(content.bestWeights) }),
  };
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
