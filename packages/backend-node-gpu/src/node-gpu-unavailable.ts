import { TensorError } from '@nt/tensor';

/**
 * Why tfjs-node-gpu cannot be used: `details.reason` of a TensorError `tensor/backend-unavailable` from this package.
 *
 * - `not-node`: this is no Node
 * - `not-installed`: the optional peer `@tensorflow/tfjs-node-gpu` is not installed
 * - `not-built`: it is installed, but its install script did not run (pnpm, npm 11) or could not download
 * - `library-missing`: its native addon does not load: TensorFlow's library or one that it needs is missing
 * - `load-failed`: it fails in another way, which `cause` tells
 * - `wrong-version`: another version than 4.22.0 is installed
 * - `no-gpu`: TensorFlow runs, but on the CPU, because it found no usable GPU; and `allowCpu` is false
 */
export type NodeGpuUnavailableReason =
  | 'not-node'
  | 'not-installed'
  | 'not-built'
  | 'library-missing'
  | 'load-failed'
  | 'wrong-version'
  | 'no-gpu';

/** The optional peer. */
export const peer = '@tensorflow/tfjs-node-gpu';

/** The only version that this package was tried with, and tfjs's last. */
export const peerVersion = '4.22.0';

const needed =
  'It needs linux or Windows on x64, an NVIDIA GPU, CUDA 11.2 and cuDNN 8.1, and downloads TensorFlow 2.9.1 from ' +
  'storage.googleapis.com (another host: TFJS_NODE_CDN_STORAGE=https://<host>/).';

const remedies: Record<NodeGpuUnavailableReason, string> = {
  'not-node': 'Use backend webgpu in browsers.',
  'not-installed': `Install it with its install script allowed (pnpm: allowBuilds): npm install ${peer}@${peerVersion}. ${needed}`,
  'not-built': `Allow its install script (pnpm: allowBuilds), then: npm rebuild ${peer}. ${needed}`,
  'library-missing': `Put the missing library where the loader looks (LD_LIBRARY_PATH), or: npm rebuild ${peer}. ${needed}`,
  'load-failed': `See the cause; try: npm rebuild ${peer}. ${needed}`,
  'wrong-version': `Install the version that fits: npm install ${peer}@${peerVersion}`,
  'no-gpu':
    'TensorFlow wrote to stderr what it misses, usually libcudart.so.11.0 (CUDA 11.2), libcudnn.so.8 (cuDNN 8.1) or a ' +
    'driver above 450. Pass { allowCpu: true } to run on the CPU nevertheless, or use backend cpu or webgpu.',
};

/** The error for `reason`: what was found, and what to do about it. */
export function nodeGpuUnavailable(reason: NodeGpuUnavailableReason, found: string, cause?: unknown): TensorError {
  const message = `Backend 'node-gpu': ${found} ${remedies[reason]}`;
  return new TensorError('tensor/backend-unavailable', message, { name: 'node-gpu', reason }, cause);
}
