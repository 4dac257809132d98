import type { Backend } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import type { Tensor } from '@tensorflow/tfjs-core';
import { withoutGpu } from './diagnose.ts';
import { engineName, loadTensorflow, type TensorflowEngine } from './load-tensorflow.ts';
import { checkOptions, type NodeGpuBackendOptions } from './node-gpu-backend-options.ts';
import { nodeGpuUnavailable, peer, peerVersion } from './node-gpu-unavailable.ts';
import { restoreRemovedUtil } from './restore-removed-util.ts';

/**
 * TensorFlow's own engine for Node, active and ready, on an NVIDIA GPU. Loads nothing before it is called and falls
 * back to nothing: TensorFlow without a usable GPU is an error unless `allowCpu` is true.
 *
 * `await tensor.data()` blocks the event loop until the device has finished: tfjs-node reads synchronously.
 *
 * @throws TensorError `tensor/backend-unavailable`, with `details.reason` one of `NodeGpuUnavailableReason`;
 *   `tensor/backend-active` while another tfjs backend has not been disposed; `tensor/option` for a bad option
 */
export async function createNodeGpuBackend(options: NodeGpuBackendOptions = {}): Promise<Backend<Tensor>> {
  const { allowCpu, load } = checkOptions(options);
  if (typeof process === 'undefined' || process.versions?.node === undefined) {
    throw nodeGpuUnavailable('not-node', `${peer} runs in Node only, and this is no Node.`);
  }
  restoreRemovedUtil();
  const engine = await loadTensorflow(load);
  if (!engine.isUsingGpuDevice && !allowCpu) throw withoutGpu(engine);
  return createTfjsBackend({ name: 'node-gpu', tfjsName: engineName, describe: () => describe(engine) });
}

function describe({ isUsingGpuDevice, binding }: TensorflowEngine) {
  return {
    engine: `${peer} ${peerVersion}, TensorFlow ${binding.TF_Version}`,
    device: isUsingGpuDevice ? 'gpu' : 'cpu',
    kernelSet: 'tensorflow',
    floatWidth: 32 as const,
    limitations: [
      ...(isUsingGpuDevice ? [] : ['TensorFlow found no usable GPU and computes on the CPU.']),
      'Reading values blocks the event loop.',
      'Sums may be taken in any order: not the same bits every time.',
      'One worker thread of a process only.',
    ],
  };
}
