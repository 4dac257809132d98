import type { FoundGpu } from './found-gpu.ts';
import type { Gpu } from './gpu.ts';
import { webgpuUnavailable } from './webgpu-unavailable.ts';

interface Dawn {
  create(flags: readonly string[]): Gpu;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** In a variable, so that bundlers for browsers do not look for a package that only Node needs. */
const peer: string = 'webgpu';

/** Globals that tfjs-backend-webgpu reads; without one it dies of `GPUBufferUsage is not defined` in the middle of an operation. */
const wanted = ['GPUBufferUsage', 'GPUMapMode', 'GPUBuffer', 'GPUTexture'];

/**
 * Dawn's instance, one for the life of the process: Dawn asks it for events in a callback of the event loop that may
 * come after the instance was collected as garbage, and then the process hangs in a freed lock, or dies. Node exits
 * all the same.
 */
const instances = new WeakMap<Dawn, Gpu>();

/** WebGPU for Node from the optional peer `webgpu`, shown to tfjs as a browser would. */
export async function loadDawn(): Promise<FoundGpu> {
  const dawn = await importPeer();
  const gpu = instances.get(dawn) ?? dawn.create([]);
  instances.set(dawn, gpu);
  // These stay: tensors may be disposed after their backend, and tfjs reads `GPUBuffer` then.
  for (const name of wanted) define(globalThis, name, dawn.globals[name]);
  return { gpu, release: showNavigator(gpu) };
}

async function importPeer(): Promise<Dawn> {
  try {
    return (await import(/* @vite-ignore */ peer)) as Dawn;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${peer}'`)) {
      throw webgpuUnavailable(
        'peer-missing',
        `Node needs the optional package '${peer}', which is not installed.`,
        error,
      );
    }
    throw webgpuUnavailable('peer-broken', `the package '${peer}' is installed but does not load: ${message}.`, error);
  }
}

/** Node has `navigator` from version 21 on. */
function showNavigator(gpu: Gpu): () => void {
  const host = globalThis as { navigator?: object };
  return host.navigator ? define(host.navigator, 'gpu', gpu) : define(globalThis, 'navigator', { gpu });
}

/** Adds a property where there is none. @returns what takes it away again */
function define(target: object, name: string, value: unknown): () => void {
  if (name in target) return () => {};
  Object.defineProperty(target, name, { value, configurable: true });
  return () => {
    Reflect.deleteProperty(target, name);
  };
}
