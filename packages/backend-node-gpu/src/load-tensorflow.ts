import { engine, setBackend } from '@tensorflow/tfjs-core';
import { nodeGpuUnavailable, peer, peerVersion } from './node-gpu-unavailable.ts';

interface PeerModule {
  readonly version: Readonly<Record<string, string>>;
}

/** What this package reads of the engine that tfjs-node-gpu registers. */
export interface TensorflowEngine {
  /** False when TensorFlow computes on the CPU. */
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

/** Under this name tfjs-node-gpu registers its engine. */
export const engineName = 'tensorflow';

/**
 * Loads the peer, which registers its engine.
 *
 * @throws TensorError `tensor/backend-unavailable`, reasons `not-installed`, `not-built`, `library-missing`,
 *   `load-failed`, `wrong-version`
 */
export async function loadTensorflow(load: () => Promise<unknown>): Promise<TensorflowEngine> {
  const { version } = await keepingActiveEngine(() => importPeer(load));
  const found = version['tfjs-node'];
  if (found !== peerVersion) {
    throw nodeGpuUnavailable('wrong-version', `expected ${peer} ${peerVersion}, found ${found ?? 'no version'}.`);
  }
  return engine().findBackend(engineName) as unknown as TensorflowEngine;
}

/** The peer calls `tf.setBackend` while it is imported, which would pull the engine from under a backend in use. */
async function keepingActiveEngine<Result>(f: () => Promise<Result>): Promise<Result> {
  const active = engine().backendName;
  try {
    return await f();
  } finally {
    if (active && engine().backendName !== active) await setBackend(active);
  }
}

async function importPeer(load: () => Promise<unknown>): Promise<PeerModule> {
  try {
    return (await load()) as PeerModule;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const missing = /^Cannot find (?:package|module) '([^']+)'/.exec(message)?.[1];
    if (missing === peer)
      throw nodeGpuUnavailable('not-installed', `the optional package ${peer} is not installed.`, error);
    const firstLine = message.split('\n')[0];
    if (message.includes('tfjs_binding.node) can not')) {
      throw nodeGpuUnavailable('not-built', `${peer} is installed, but its native addon was never built.`, error);
    }
    if (code === 'ERR_DLOPEN_FAILED') {
      throw nodeGpuUnavailable('library-missing', `the native addon of ${peer} does not load: ${firstLine}.`, error);
    }
    throw nodeGpuUnavailable('load-failed', `${peer} is installed but fails to load: ${firstLine}.`, error);
  }
}
