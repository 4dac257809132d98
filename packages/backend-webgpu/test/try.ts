import { createWebgpuBackend } from '../src/index.ts';
import * as tf from '@tensorflow/tfjs-core';
const t0 = Date.now();
for (let i = 0; i < 2; i++) {
const b = await createWebgpuBackend({ allowSoftware: true });
console.log(await b.describe());
const x = b.ops.tensor([1, 2, 3, 4], [2, 2]);
const y = b.ops.matMul(x, x);
console.log(await y.data(), b.memory(), Date.now() - t0);
const many = Array.from({length: 9}, () => b.ops.tensor([1], [1]));
console.log(await tf.addN(many as tf.Tensor[]).data());
await b.settle();
await b.dispose();
x.dispose();
console.log(tf.getBackend(), (globalThis as any).navigator);
}
console.log('end', Date.now() - t0);
