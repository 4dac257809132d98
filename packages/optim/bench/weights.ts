/** 30 tensors, 2.8 million weights: the shapes of three blocks of five layers. */
const blockShapes = [[168, 512], [512], [512, 512], [512], [512, 512], [512], [512, 512], [512], [512, 126], [126]];

export const shapes: readonly (readonly number[])[] = [0, 1, 2].flatMap(() => blockShapes);

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

export const weightCount: number = shapes.map(sizeOf).reduce((a, b) => a + b);

/** Numbers of about the size of weights; no two tensors alike. */
export const valuesOf = (size: number, seed: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => 0.1 * Math.sin(i * 0.7 + seed));
