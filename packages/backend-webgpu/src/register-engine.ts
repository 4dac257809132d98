import { TensorError } from '@nt/tensor';
import { engine, env, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import type { TfjsWebgpuClass } from './engine/tfjs-webgpu.ts';
import type { OpenDevice } from './open-device.ts';

/**
 * Our own name of the engine. tfjs registers `webgpu` while it is imported, and only if `navigator.gpu` exists at that
 * moment; it opens a device of its own and dies of a TypeError without an adapter. Our device has its own name, which
 * also leaves alone a program's `tf.setBackend('webgpu')`.
 */
export const engineName = 'nt-webgpu';

/** Version of tfjs-backend-webgpu, which does not tell its own; package.json pins it. */
export const engineVersion = '4.22.0';

/**
 * Loads tfjs-backend-webgpu and our kernels, and puts them to work on `device`.
 *
 * @returns what takes the engine out of tfjs again and frees its memory
 */
export async function registerEngine({ device, adapter }: OpenDevice): Promise<() => void> {
  const [{ WebGPUBackend }, { ntWebgpuBackend }, { registerKernels }] = await Promise.all([
    import('@tensorflow/tfjs-backend-webgpu'),
    import('./engine/nt-webgpu-backend.ts'),
    import('./register-kernels.ts'),
  ]);
  const Engine = ntWebgpuBackend(WebGPUBackend as unknown as TfjsWebgpuClass);
  if (engineName in engine().registryFactory) {
    throw new TensorError('tensor/backend-active', `Backend 'webgpu' exists already. Call dispose() on it first.`, {
      name: 'webgpu',
    });
  }
  registerKernels(engineName);
  registerBackend(engineName, () => new Engine(device, adapter.info));
  const forwarded = env().getBool('WEBGPU_CPU_FORWARD');
  // tfjs computes small operations on the CPU in silence; then neither tests nor `settle` would reach the device.
  env().set('WEBGPU_CPU_FORWARD', false);
  return () => {
    env().set('WEBGPU_CPU_FORWARD', forwarded);
    removeBackend(engineName);
  };
}
