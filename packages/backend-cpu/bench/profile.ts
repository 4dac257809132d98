// Where an update's time goes: in which tfjs kernels, how much of that in compiled kernels, and how much in JavaScript.
// Usage: pnpm -F @nt/backend-cpu bench:profile [--batch=32] [--threads=1] [--kernels=wasm] [--updates=100]
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { NtCpuBackend } from '../src/engine/nt-cpu-backend.ts';
import type { GemmCall } from '../src/kernels/kernels.ts';
import { createEngine } from './engine-under-test.ts';
import { createTraining } from './network.ts';
import { machineLine } from './print-results.ts';
import { Stopwatch } from './stopwatch.ts';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '32' },
    threads: { type: 'string', default: '1' },
    /** Default: what the engine chooses. */
    kernels: { type: 'string' },
    updates: { type: 'string', default: '100' },
  },
});
const updates = Number(values.updates);

const backend = await createEngine(values.kernels ? `nt-cpu:${values.kernels}` : 'nt-cpu', Number(values.threads));
const training = createTraining(backend, { batch: Number(values.batch), width: 512, isCaptured: false });
for (let i = 0; i < updates; i++) training.updateOnly();
const [kernels, compiled] = [new Stopwatch(), new Stopwatch()];
watchTfjsKernels();
watchCompiledKernels();
const start = performance.now();
for (let i = 0; i < updates; i++) training.updateOnly();
const whole = performance.now() - start;

const { kernelSet, threads } = await backend.describe();
console.log(`${machineLine()}; ${kernelSet}, ${threads} threads, B=${values.batch}, per update of ${updates}\n`);
printByKernel();
printByCompiledKernel();
await backend.dispose();

/** Every kernel that tfjs calls, under the same name. */
function watchTfjsKernels(): void {
  for (const kernel of tf.getKernelsForBackend('nt-cpu')) {
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    const kernelFunc: tf.KernelFunc = (call) => kernels.time(kernel.kernelName, () => kernel.kernelFunc(call));
    tf.registerKernel({ ...kernel, kernelFunc });
  }
}

/** What these kernels compute with: the members of `Kernels`, image kernels included. */
function watchCompiledKernels(): void {
  const { kernels: set } = tf.findBackend('nt-cpu') as NtCpuBackend;
  for (const object of [set, set.image]) {
    if (!object) continue;
    const members = object as unknown as Record<string, unknown>;
    for (const name of memberNames(object)) {
      const member = members[name];
      if (typeof member !== 'function') continue;
      members[name] = (...operands: unknown[]) =>
        compiled.time(`${kernels.current ?? 'outside'} → ${callName(name, operands[0])}`, () =>
          member.apply(object, operands),
        );
    }
  }
}

/** Products are told apart by their sizes. */
function callName(name: string, operand: unknown): string {
  if (name !== 'gemm') return name;
  const { m, n, k, a, b } = operand as GemmCall;
  return `gemm ${m} × ${n} × ${k}${a.column === 1 ? '' : ', a transposed'}${b.column === 1 ? '' : ', b transposed'}`;
}

function memberNames(object: object): string[] {
  const prototype = Object.getPrototypeOf(object) as object;
  const inherited = prototype === Object.prototype ? [] : Object.getOwnPropertyNames(prototype);
  return [...new Set([...Object.keys(object), ...inherited])].filter((name) => name !== 'constructor');
}

function printByKernel(): void {
  const ofKernel = (name: string): number =>
    [...compiled.entries()]
      .filter(([call]) => call.startsWith(`${name} → `))
      .reduce((sum, [, { total }]) => sum + total, 0);
  console.log('| tfjs kernel | calls | ms | share | in compiled kernels, ms | JavaScript around them, ms |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  const row = (name: string, calls: string, total: number, inside: number): void =>
    console.log(
      `| ${name} | ${calls} | ${each(total)} | ${((100 * total) / whole).toFixed(1)} % | ${each(inside)} | ${each(total - inside)} |`,
    );
  let [inKernels, inCompiled] = [0, 0];
  for (const [name, { count, total }] of kernels.entries()) {
    row(name, `${count / updates}`, total, ofKernel(name));
    inKernels += total;
    inCompiled += ofKernel(name);
  }
  row('outside kernels: tfjs, gradients, the program', '', whole - inKernels, 0);
  row('**whole update**', '', whole, inCompiled);
}

function printByCompiledKernel(): void {
  console.log('\n| compiled kernel, called by | calls | ms | share |');
  console.log('| --- | ---: | ---: | ---: |');
  for (const [name, { count, total }] of compiled.entries())
    console.log(`| ${name} | ${count / updates} | ${each(total)} | ${((100 * total) / whole).toFixed(1)} % |`);
}

function each(total: number): string {
  return (total / updates).toFixed(3);
}
