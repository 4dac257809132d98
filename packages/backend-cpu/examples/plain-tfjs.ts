// Any tfjs program: one import and one line.
import '@nt/backend-cpu/register';
import * as tf from '@tensorflow/tfjs-core';

await tf.setBackend('nt-cpu');
const x = tf.fill([512, 512], 0.5);
const [sum] = await tf.sum(tf.matMul(x, x)).data();
console.log(tf.getBackend(), sum);
//> nt-cpu 33554432
