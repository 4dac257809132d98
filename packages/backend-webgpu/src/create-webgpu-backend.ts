import type { Backend, NetworkOps } from '@nt/tensor';
import { createTfjsBackend, RecordedSite, type TfjsBackendOptions } from '@nt/tensor/tfjs';
import { findBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { AdapterDescription } from './describe-adapter.ts';
import type { NtWebgpuBackend } from './engine/nt-webgpu-backend.ts';
import { findGpu } from './find-gpu.ts';
import { openDevice } from './open-device.ts';
import { engineName, engineVersion, registerEngine } from './register-engine.ts';
import { watchDevice } from './watch-device.ts';
import { checkOptions, type WebgpuBackendOptions, type WebgpuPrecision } from './webgpu-backend-options.ts';

/** The WebGPU engine; `precision` is what its updates compute in. */
export type WebgpuBackend = Backend<Tensor> & { readonly precision: WebgpuPrecision };

/**
 * The WebGPU engine, active and ready: the browser's own WebGPU, or Dawn in Node (optional peer `webgpu`). Loads
 * nothing before it is called and falls back to nothing.
 *
 * Read values with `await tensor.data()`; tfjs's `dataSync()` fails in Node. Once the device is lost or reports an
 * error, operations throw `tensor/backend-unavailable`, because tfjs would go on with zeros.
 *
 * @throws TensorError `tensor/backend-unavailable`, with `details.reason` one of `WebgpuUnavailableReason`;
 *   `tensor/backend-active` while another tfjs backend has not been disposed; `tensor/option` for a bad option
 */
export async function createWebgpuBackend(options: WebgpuBackendOptions = {}): Promise<WebgpuBackend> {
  const checked = checkOptions(options);
  const { precision } = checked;
  const cleanUp: (() => void)[] = [];
  const close = (): void => {
    for (const step of cleanUp.splice(0).reverse()) step();
  };
  try {
    const { gpu, release } = await findGpu();
    cleanUp.push(release);
    const open = await openDevice(gpu, checked);
    cleanUp.push(() => open.device.destroy());
    const watch = watchDevice(open.device);
    cleanUp.push(watch.stop);
    cleanUp.push(await registerEngine(open));
    const backend = await createTfjsBackend({
      name: 'webgpu',
      tfjsName: engineName,
      describe: () => describe(open.description, precision),
      onDispose: close,
    });
    return withPrecision(watched(capturing(backend), watch.check), precision);
  } catch (error) {
    close();
    throw error;
  }
}

function describe(
  { device, software }: AdapterDescription,
  precision: WebgpuPrecision,
): ReturnType<TfjsBackendOptions['describe']> {
  return {
    engine: `@tensorflow/tfjs-backend-webgpu ${engineVersion}`,
    device: software ? `${device}, software` : device,
    kernelSet: 'wgsl',
    floatWidth: 32,
    ...(precision === 'float32' ? {} : { precision }),
    limitations: [
      ...(software ? ['A software adapter: the GPU is emulated on the CPU, slower than a CPU backend.'] : []),
      'Values can only be read asynchronously in Node.',
      'Operations of tfjs outside of @nt/tensor may lose NaN and infinities: WGSL lets a shader assume that there are none.',
    ],
  };
}

/** With places whose calls are recorded and repeated. */
function capturing(backend: Backend<Tensor>): Backend<Tensor> {
  const { captureEngine } = findBackend(engineName) as NtWebgpuBackend;
  return { ...backend, captureSite: () => new RecordedSite(captureEngine) };
}

/** With float16 products in all that an update computes but the optimizer. */
function withPrecision(backend: Backend<Tensor>, precision: WebgpuPrecision): WebgpuBackend {
  if (precision === 'float32') return { ...backend, precision };
  const { variableGrads } = backend.ops;
  const { halfProducts } = findBackend(engineName) as NtWebgpuBackend;
  const ops: NetworkOps<Tensor> = {
    ...backend.ops,
    variableGrads: (f, of) => halfProducts.within('f16', () => variableGrads(f, of)),
  };
  return { ...backend, ops, precision };
}

/** What frees tensors: also of a device that was lost, or their names could not be given again. */
const freeing: ReadonlySet<string> = new Set(['dispose', 'keep']);

/** The same backend, whose every use first asks whether the device still works. */
function watched(backend: Backend<Tensor>, check: () => void): Backend<Tensor> {
  const guarded = Object.entries(backend.ops).map(([name, member]) => {
    const run = member as (...parameters: unknown[]) => unknown;
    if (freeing.has(name)) return [name, run];
    const checked = (...parameters: unknown[]): unknown => {
      check();
      return run(...parameters);
    };
    return [name, checked];
  });
  return {
    ...backend,
    ops: Object.fromEntries(guarded) as NetworkOps<Tensor>,
    // A repetition uses no operation that would notice.
    captureSite: () => {
      const site = backend.captureSite!();
      return {
        run: (call, body) => {
          check();
          // Throws when the backend was disposed.
          backend.ops.dispose([]);
          return site.run(call, body);
        },
        report: () => site.report(),
        dispose: () => site.dispose(),
      };
    },
    describe: async () => {
      check();
      return backend.describe();
    },
    settle: async () => {
      check();
      await backend.settle();
      check();
    },
  };
}
