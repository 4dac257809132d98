import { TensorError } from '@nt/tensor';
import { addN, backend, getBackend, type Tensor } from '@tensorflow/tfjs-core';
import { createWebgpuBackend } from '../src/index.ts';

/** What happened to backends that were used, disposed, lost and broken, one after the other. */
export interface LifeCycle {
  readonly description: unknown;
  /** Whether the last backend came from the same instance of WebGPU as the first. */
  readonly hasOneGpu: boolean;
  readonly product: readonly number[];
  /** Sum of nine ones by one kernel: stock tfjs gives 0 or stale memory. */
  readonly sumOfNine: number;
  /** tfjs computes small things on the CPU unless told not to. */
  readonly smallSumIsOnDevice: boolean;
  readonly secondWhileActive: unknown;
  readonly afterDispose: unknown;
  readonly activeAfterDispose: string | null;
  readonly afterLoss: unknown;
  readonly settleAfterLoss: unknown;
  readonly afterError: unknown;
  readonly again: readonly number[];
}

interface RawDevice {
  destroy(): void;
  readonly lost: Promise<unknown>;
  createBuffer(options: { readonly size: number; readonly usage: number }): unknown;
  readonly queue: { onSubmittedWorkDone(): Promise<unknown> };
}

const create = (): ReturnType<typeof createWebgpuBackend> => createWebgpuBackend({ allowSoftware: true });

interface RawEngine {
  readonly device: RawDevice;
  readonly tensorMap: { get(id: object): { readonly resource?: object | null } };
}

const rawEngine = (): RawEngine => backend() as unknown as RawEngine;
const device = (): RawDevice => rawEngine().device;

const navigatorGpu = (): unknown => (globalThis as { navigator?: { readonly gpu?: unknown } }).navigator?.gpu;

/** Runs in Node and in a page alike. */
export async function observeLifeCycle(): Promise<LifeCycle> {
  const first = await create();
  const gpu = navigatorGpu();
  const x = first.ops.tensor([1, 2, 3, 4], [2, 2]);
  const product = [...((await first.ops.matMul(x, x).data()) as Float32Array)];
  const ones = Array.from({ length: 9 }, () => first.ops.tensor([1], [1]));
  const sumOfNine = (await addN(ones as Tensor[]).data())[0]!;
  const smallSum = first.ops.add(x, x);
  const smallSumIsOnDevice = Boolean(rawEngine().tensorMap.get(smallSum.dataId).resource);
  const description = await first.describe();
  const secondWhileActive = await thrownBy(create);
  await first.dispose();
  const afterDispose = await thrownBy(() => first.ops.zeros([1]));
  const activeAfterDispose = getBackend() ?? null;
  x.dispose();

  const lost = await create();
  device().destroy();
  await device().lost;
  const afterLoss = await thrownBy(() => lost.ops.zeros([1]));
  const settleAfterLoss = await thrownBy(() => lost.settle());
  await lost.dispose();

  const broken = await create();
  device().createBuffer({ size: 4, usage: mapForReadingAndWriting });
  await device().queue.onSubmittedWorkDone();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const afterError = await thrownBy(() => broken.ops.zeros([1]));
  await broken.dispose();

  const last = await create();
  const hasOneGpu = gpu !== undefined && navigatorGpu() === gpu;
  const again = [...((await last.ops.exp(last.ops.zeros([2])).data()) as Float32Array)];
  await last.dispose();
  return {
    ...{
      description,
      hasOneGpu,
      product,
      sumOfNine,
      smallSumIsOnDevice,
      secondWhileActive,
      afterDispose,
      activeAfterDispose,
    },
    ...{ afterLoss, settleAfterLoss, afterError, again },
  };
}

/** A usage that WebGPU forbids, to provoke an error that nothing throws. */
const mapForReadingAndWriting = 3;

async function thrownBy(f: () => unknown): Promise<unknown> {
  try {
    await f();
    return 'nothing was thrown';
  } catch (error) {
    if (!TensorError.isInstance(error)) throw error;
    return { code: error.code, reason: error.details['reason'] };
  }
}
