import util from 'node:util';
import { createNodeGpuBackend } from '../../src/index.ts';
import { loadBuiltPackage } from '../load-built-package.ts';

// What Node 23 did; on newer Node they are gone already.
const functions = util as { isNullOrUndefined?: unknown; isArray?: unknown };
delete functions.isNullOrUndefined;
delete functions.isArray;

const tf = (await loadBuiltPackage()) as { add(a: number, b: number): { dataSync(): Float32Array } };
let withoutShim = 'nothing was thrown';
try {
  tf.add(1, 2);
} catch (error) {
  withoutShim = (error as Error).message;
}
const backend = await createNodeGpuBackend({ load: loadBuiltPackage, allowCpu: true });
const [a, b] = [backend.ops.tensor([1, 2], [2]), backend.ops.tensor([3, 4], [2])];
const withShim = [...((await backend.ops.add(a, b).data()) as Float32Array)];
console.log(JSON.stringify({ withoutShim, withShim }));
