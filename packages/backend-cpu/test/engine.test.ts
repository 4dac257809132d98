import { CpuEngineError, createCpuBackend, registerCpuEngine } from '@nt/backend-cpu';
import type { ElementwiseRule } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createEngineParts } from '../src/engine/engine-parts.ts';
import { engineSettings } from '../src/engine/engine-settings.ts';
import type { NtCpuBackend } from '../src/engine/nt-cpu-backend.ts';
import { useEngine } from './engines.ts';
import { runProgram } from './run-program.ts';

interface EngineMemory {
  readonly unreliable: boolean;
  readonly heapBytesInUse: number;
  readonly heapBytesReserved: number;
}

const memory = (): EngineMemory => tf.memory() as unknown as EngineMemory;

it('an unknown option is an error that names the nearest one', () => {
  expect(() => registerCpuEngine({ thread: 2 } as never)).toThrow(/'thread' is not an option.*Did you mean 'threads'/);
  expect(() => registerCpuEngine({ kernels: 'avx' as never })).toThrow(
    /kernels: expected one of native, native-avx512, .*wasm-relaxed, wasm, js/,
  );
  expect(() => registerCpuEngine({ maxHeapBytes: 5 })).toThrow(/maxHeapBytes: expected an integer/);
  expect(() => registerCpuEngine({ threads: 0 })).toThrow(CpuEngineError);
});

it('a kernel set that does not load is reported, not replaced', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  await expect(createCpuBackend({ kernels: 'wasm' })).rejects.toThrow(/kernel set 'wasm' does not load/);
  const settings = engineSettings({ kernels: 'wasm' });
  expect(() => createEngineParts(settings)).toThrow(/'wasm' does not load .*: it lacks their WASM instructions/);
});

it('without WebAssembly the engine runs on plain JavaScript and says so', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const backend = await createCpuBackend();
  const description = await backend.describe();
  await backend.dispose();
  expect(description).toMatchObject({ kernelSet: 'js', threads: 1 });
  expect(description.limitations.join()).toMatch(/Plain JavaScript/);
});

it('without shared memory it runs on one thread and says so', async () => {
  vi.stubGlobal('crossOriginIsolated', false);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const backend = await createCpuBackend({ threads: 4, kernels: 'wasm' });
  const description = await backend.describe();
  await backend.dispose();
  expect(description).toMatchObject({ kernelSet: 'wasm', threads: 1 });
  expect(description.limitations.join()).toMatch(/One thread/);
});

it('freed memory is used again, and tf.memory counts what the heap holds', async () => {
  await useEngine({ threads: 1 });
  const before = memory().heapBytesInUse;
  const x = tf.ones([1000, 100]);
  const y = tf.add(x, 1);
  expect(memory().heapBytesInUse - before).toBeGreaterThanOrEqual(800_000);
  expect(memory().unreliable).toBe(false);
  const reserved = memory().heapBytesReserved;
  for (let i = 0; i < 200; i++) tf.mul(y, 2).dispose();
  tf.dispose([x, y]);
  expect(memory()).toMatchObject({ heapBytesInUse: before, heapBytesReserved: reserved });
});

it('running out of memory is an error that leaves the engine usable', async () => {
  await useEngine({ threads: 1, maxHeapBytes: 32 * 1024 * 1024 });
  const kept: tf.Tensor[] = [];
  const fill = (): void => {
    for (let i = 0; i < 100; i++) kept.push(tf.tidy(() => tf.add(tf.fill([1024, 1024], i), 1)));
  };
  expect(fill).toThrow(CpuEngineError);
  tf.dispose(kept);
  expect(tf.backend().numDataIds()).toBe(tf.memory().numDataBuffers);
  expect(Array.from(await tf.sum(tf.add(tf.ones([1024, 1024]), 1)).data())).toEqual([2 ** 21]);
});

it('donated memory is reused, but not when a clone still holds it', async () => {
  const backend = await createCpuBackend({ threads: 1 });
  onTestFinished(() => backend.dispose());
  const { ops } = backend;
  const rule: ElementwiseRule<'x', never, 'x'> = {
    name: 'double',
    inputs: ['x'],
    scalars: [],
    definitions: [],
    outputs: [['x', ['+', 'x', 'x']]],
  };
  const x = ops.add(ops.zeros([1000]), ops.tensor([1], []));
  const clone = x.clone();
  const first = ops.elementwise(rule, { x }, {}, { donate: ['x'] }).x;
  expect(first.dataId).not.toBe(x.dataId);
  expect((await clone.data())[0]).toBe(1);
  clone.dispose();
  const second = ops.elementwise(rule, { x: first }, {}, { donate: ['x'] }).x;
  expect(second.dataId).toBe(first.dataId);
  expect((await second.data())[999]).toBe(4);
});

it('tf.time waits for kernels that still run', async () => {
  await useEngine({ threads: 2, kernels: 'wasm' });
  const engine = tf.backend() as NtCpuBackend;
  const x = tf.ones([512, 512]);
  let product = x;
  await tf.time(() => {
    for (let i = 0; i < 8; i++) product = tf.matMul(x, x);
  });
  // The last thing to be computed, looked at without waiting for it.
  const last = engine.offsetOf(product) / 4 + product.size - 1;
  expect(engine.heap.unsettledFloats[last]).toBe(512);
});

it('plain tfjs programs need one import, and a process ends by itself although threads wait', async () => {
  const program = `
    import '@nt/backend-cpu/register';
    import * as tf from '@tensorflow/tfjs-core';
    await tf.setBackend('nt-cpu');
    const x = tf.ones([300, 300]);
    const sum = await tf.sum(tf.matMul(x, x)).data();
    console.log(tf.getBackend(), sum[0], tf.backend().runner.threads, tf.backend().kernels.name);`;
  expect((await runProgram(program, { environment: { NT_THREADS: '3', NT_KERNELS: 'wasm' } })).trim()).toBe(
    'nt-cpu 27000000 3 wasm',
  );
});

it('many threads add no listeners to the output of the process, of which Node would warn', async () => {
  const listeners = () =>
    [process.stdout, process.stderr].flatMap((one) => [one.listenerCount('error'), one.listenerCount('close')]);
  const before = listeners();
  const backend = await createCpuBackend({ threads: 12 });
  expect((await backend.describe()).threads).toBeGreaterThan(1);
  expect(listeners()).toEqual(before);
  await backend.dispose();
});
