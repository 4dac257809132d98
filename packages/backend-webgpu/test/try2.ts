import { createWebgpuBackend } from '../src/index.ts';
import * as tf from '@tensorflow/tfjs-core';
const b = await createWebgpuBackend({ allowSoftware: true });
const dev = (tf.backend() as any).device;
if (process.argv[2] === 'lost') dev.destroy(); else dev.createBuffer({ size: 4, usage: 3 });
await new Promise(r => setTimeout(r, 200));
try { b.ops.zeros([2]); } catch (e) { console.log(e); }
await b.settle().catch(e => console.log('settle', e.message));
await b.dispose();
