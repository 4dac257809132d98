import { TensorError } from '@nt/tensor';
import { peer } from './node-gpu-unavailable.ts';

/** Options of `createNodeGpuBackend`. */
export interface NodeGpuBackendOptions {
  /**
   * Accept TensorFlow on the CPU when it finds no usable GPU; default false, because tfjs-node-gpu would run on the CPU
   * without saying so.
   */
  readonly allowCpu?: boolean;
  /**
   * Loads the optional peer; default `() => import('@tensorflow/tfjs-node-gpu')`. For programs that keep it elsewhere
   * than in their own node_modules. Called once per backend, after the shim for Node 23 and newer is in place.
   */
  readonly load?: () => Promise<unknown>;
}

const defaults: Required<NodeGpuBackendOptions> = {
  allowCpu: false,
  // In a variable, so that neither TypeScript nor a bundler looks for a package that need not be there.
  load: () => {
    const specifier: string = peer;
    return import(/* @vite-ignore */ specifier);
  },
};

const kinds: Record<keyof NodeGpuBackendOptions, string> = { allowCpu: 'boolean', load: 'function' };

/** The options with defaults. @throws TensorError `tensor/option` for an unknown key or a value of another type */
export function checkOptions(options: NodeGpuBackendOptions): Required<NodeGpuBackendOptions> {
  for (const [key, value] of Object.entries(options)) {
    const kind = kinds[key as keyof NodeGpuBackendOptions];
    if (kind === undefined) throw unknownOption(key);
    if (value !== undefined && typeof value !== kind) {
      throw new TensorError(
        'tensor/option',
        `${key}: expected a ${kind}, got ${JSON.stringify(value) ?? typeof value}.`,
        { key },
      );
    }
  }
  return { allowCpu: options.allowCpu ?? defaults.allowCpu, load: options.load ?? defaults.load };
}

function unknownOption(key: string): TensorError {
  const nearest = key.toLowerCase().startsWith('l') ? 'load' : 'allowCpu';
  return new TensorError('tensor/option', `createNodeGpuBackend has no option '${key}'. Did you mean '${nearest}'?`, {
    key,
  });
}
