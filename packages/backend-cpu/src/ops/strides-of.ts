import { util } from '@tensorflow/tfjs-core';

/** Elements from one to the next along each axis of a dense tensor. */
export const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => util.sizeFromShape(shape.slice(axis + 1)));
