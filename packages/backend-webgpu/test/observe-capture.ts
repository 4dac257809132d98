import { type CaptureReport, elementwiseRule, TensorError } from '@nt/tensor';
import * as tf from '@tensorflow/tfjs-core';
import { createWebgpuBackend, type WebgpuBackend } from '../src/index.ts';
import { type Around, captureCases } from './capture-cases.ts';

/** What became of a function that was called over and over at a place of its own. */
export interface CaptureObserved {
  /** Results of all calls, beside those of the function without. */
  readonly captured: readonly number[];
  readonly eager: readonly number[];
  readonly report: CaptureReport;
  /** Tensors, bytes and bytes on the device that are left over. */
  readonly left: readonly number[];
}

/** Calls of each function. */
export const calls = 10;
const size = 64;

const held = (): number[] => {
  const { numTensors, numBytes, numBytesInGPU } = tf.memory() as tf.MemoryInfo & { readonly numBytesInGPU: number };
  return [numTensors, numBytes, numBytesInGPU];
};

const first = async (x: tf.Tensor): Promise<number[]> => Array.from(await x.data());

/** Calls each function of `captureCases`; in Node and in a page alike. */
export async function observeCapture(): Promise<Record<string, CaptureObserved>> {
  const backend = await createWebgpuBackend({ allowSoftware: true });
  const found: Record<string, CaptureObserved> = {};
  for (const name of Object.keys(captureCases)) found[name] = await observe(backend, name);
  await backend.dispose();
  return found;
}

async function observe({ ops, captureSite }: WebgpuBackend, name: string): Promise<CaptureObserved> {
  const { f } = captureCases[name]!;
  const run = async (isCaptured: boolean, values: number[]): Promise<CaptureReport> => {
    const [site, other] = [captureSite!(), captureSite!()];
    const initial = ops.tensor(new Float32Array(size).fill(2), [size]);
    const weight = ops.variable(initial, { name: 'capture.weight' });
    const constant = ops.tensor(new Float32Array(size).fill(0.5), [size]);
    const [random, kept] = [{ seed: 7, counter: 0 }, [] as tf.Tensor[]];
    ops.dispose(initial);
    for (let call = 0; call < calls; call++) {
      random.counter = call;
      const x = ops.tensor(
        Float32Array.from({ length: size }, (_, i) => call + 1 - i / 16),
        [size],
      );
      const fresh = ops.tensor(new Float32Array(size).fill(call), [size]);
      const around: Around = { call, random, weight, constant, fresh, kept, other };
      const body = (input: tf.Tensor): tf.Tensor => f(ops, input, around);
      const result = isCaptured
        ? site.run({ inputs: [x], key: '' }, ([input]) => [body(input!)])[0]!
        : ops.tidy(() => body(x));
      values.push(...(await first(result)));
      if (!isCaptured) ops.dispose(result);
      ops.dispose([x, fresh]);
    }
    const report = site.report();
    for (const one of [site, other]) one.dispose();
    ops.dispose([constant, ...kept]);
    weight.dispose();
    return report;
  };
  const [captured, eager]: [number[], number[]] = [[], []];
  const before = held();
  const report = await run(true, captured);
  const after = held();
  await run(false, eager);
  return { captured, eager, report, left: after.map((count, i) => count - before[i]!) };
}

const mean = elementwiseRule({
  name: 'testMean',
  inputs: ['mean', 'x'],
  scalars: [],
  definitions: [],
  outputs: [['mean', ['+', ['*', 'mean', 0.5], ['*', 'x', 0.5]]]],
});

/** Results that somebody moves on the device, as an optimizer does with gradients, with and without recordings. */
export async function observeMovedResults(): Promise<number[][]> {
  const { ops, captureSite, dispose } = await createWebgpuBackend({ allowSoftware: true });
  const run = async (isCaptured: boolean): Promise<number[]> => {
    const site = captureSite!();
    let means = [ops.zeros([3]), ops.zeros([3])];
    const values: number[] = [];
    for (let call = 0; call < calls; call++) {
      const x = ops.tensor([call, 1, -call], [3]);
      const f = (input: tf.Tensor): tf.Tensor[] => [ops.exp(input), tf.reshape(input, [3])];
      const results = isCaptured ? site.run({ inputs: [x], key: '' }, ([input]) => f(input!)) : f(x);
      const groups = means.map((own, i) => ({ mean: own, x: results[i]! }));
      const next = ops.elementwiseEach(mean, groups, {}, { donate: ['mean'] });
      ops.dispose([x, ...means, ...(isCaptured ? [] : results)]);
      means = next.map((own) => own.mean);
      for (const own of means) values.push(...(await first(own)));
    }
    if (isCaptured) values.push(site.report().replays);
    site.dispose();
    ops.dispose(means);
    return values;
  };
  const found = [await run(true), await run(false)];
  await dispose();
  return found;
}

/** What is held on the device and by tfjs after some calls of a sum in place, and after a thousand. */
export async function observeManyCalls(): Promise<number[][]> {
  const { ops, captureSite, dispose } = await createWebgpuBackend({ allowSoftware: true });
  const site = captureSite!();
  const found: number[][] = [];
  let sum = ops.zeros([3]);
  for (let call = 0; call < 1000; call++) {
    const x = ops.tensor([call, 1, -call], [3]);
    site.run({ inputs: [x], uses: [sum], key: '' }, ([input]) => {
      const next = ops.elementwise(mean, { mean: sum, x: input! }, {}, { donate: ['mean'] }).mean;
      ops.dispose(sum);
      sum = ops.keep(next);
      return [];
    });
    ops.dispose(x);
    if (call === 20 || call === 999) found.push(held(), await first(sum));
  }
  found.push([site.report().replays]);
  site.dispose();
  await dispose();
  return found;
}

/** Results of calls in a row that are read all at once: each must be its own, although they share their memory. */
export async function observeReads(): Promise<number[]> {
  const { ops, captureSite, dispose } = await createWebgpuBackend({ allowSoftware: true });
  const site = captureSite!();
  const borrowed = new Float32Array(2);
  const reads = Array.from({ length: calls }, (_, call) => {
    borrowed[1] = call;
    // Overwritten by the next call, as batches are.
    const x = ops.borrow(borrowed.subarray(1), [1]);
    const read = site.run({ inputs: [x], key: '' }, ([input]) => [ops.add(input!, input!)])[0]!.data();
    ops.dispose(x);
    return read;
  });
  const values = (await Promise.all(reads)).map(([value]) => value as number);
  site.dispose();
  await dispose();
  return values;
}

/** Codes of the errors of a captured call on a lost device, and on one of a backend that was disposed. */
export async function observeCaptureFailures(): Promise<unknown[]> {
  const codes: unknown[] = [];
  for (const isLost of [true, false]) {
    const backend = await createWebgpuBackend({ allowSoftware: true });
    const site = backend.captureSite!();
    const x = backend.ops.tensor([1, 2], [2]);
    const call = (): void => void site.run({ inputs: [x], key: '' }, ([input]) => [backend.ops.exp(input!)]);
    for (let i = 0; i < 6; i++) call();
    const { replays } = site.report();
    const { device } = tf.backend() as unknown as { device: { destroy(): void; lost: Promise<unknown> } };
    if (isLost) {
      device.destroy();
      await device.lost;
    } else await backend.dispose();
    try {
      call();
      codes.push('nothing was thrown');
    } catch (error) {
      if (!TensorError.isInstance(error)) throw error;
      codes.push([replays, error.code, error.details['reason'] ?? null]);
    }
    site.dispose();
    x.dispose();
    await backend.dispose();
  }
  return codes;
}
