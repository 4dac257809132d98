import type { DataType } from '@tensorflow/tfjs-core';

/** Values of the host as the device has them, four bytes each; the same memory where they are that already. */
export function hostWords(values: ArrayLike<number>, dtype: DataType): Float32Array | Int32Array {
  const Words = dtype === 'float32' ? Float32Array : Int32Array;
  // Not every binding of WebGPU writes from shared memory.
  return values instanceof Words && values.buffer instanceof ArrayBuffer ? values : Words.from(values);
}
