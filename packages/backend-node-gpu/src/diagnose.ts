import { existsSync, readFileSync } from 'node:fs';
import { TensorError } from '@nt/tensor';
import { loadTensorflow, type TensorflowEngine } from './load-tensorflow.ts';
import { checkOptions, type NodeGpuBackendOptions } from './node-gpu-backend-options.ts';
import { type NodeGpuUnavailableReason, nodeGpuUnavailable } from './node-gpu-unavailable.ts';
import { restoreRemovedUtil } from './restore-removed-util.ts';

/** What this machine has for the engine. JSON-serialisable. */
export interface NodeGpuDiagnosis {
  /** Whether `createNodeGpuBackend()` would compute on a GPU. */
  readonly works: boolean;
  /** What keeps it from that; null when it works. */
  readonly reason: NodeGpuUnavailableReason | null;
  /** The same in words, and what to do about it; null when it works. */
  readonly problem: string | null;
  /** `linux x64`. */
  readonly platform: string;
  readonly node: string;
  /** Version of TensorFlow's library; null when it does not load. */
  readonly tensorflow: string | null;
  /** What the NVIDIA driver says of itself; null where none is loaded (known on Linux only). */
  readonly driver: string | null;
}

/** Where the driver's kernel module tells its version. */
const driverFile = '/proc/driver/nvidia/version';

/**
 * What works and what is missing, without an error: for `nt doctor` and reports of bugs. Loads tfjs-node-gpu when it is there
 * and leaves the active engine alone.
 *
 * @param options.load loads the optional peer, as for `createNodeGpuBackend`
 * @throws TensorError `tensor/option`
 */
export async function diagnose(options: Pick<NodeGpuBackendOptions, 'load'> = {}): Promise<NodeGpuDiagnosis> {
  const { load } = checkOptions(options);
  const { platform, arch, version } = process;
  const driver = existsSync(driverFile) ? readFileSync(driverFile, 'utf8').split('\n')[0]!.trim() : null;
  const found = { platform: `${platform} ${arch}`, node: version, driver };
  restoreRemovedUtil();
  try {
    const engine = await loadTensorflow(load);
    const tensorflow = engine.binding.TF_Version;
    return { ...found, ...problemOf(engine.isUsingGpuDevice ? undefined : withoutGpu(engine)), tensorflow };
  } catch (error) {
    if (!TensorError.isInstance(error)) throw error;
    return { ...found, ...problemOf(error), tensorflow: null };
  }
}

/** TensorFlow runs, but on the CPU. */
export const withoutGpu = ({ binding }: TensorflowEngine): TensorError =>
  nodeGpuUnavailable('no-gpu', `TensorFlow ${binding.TF_Version} loaded, but runs on the CPU.`);

const problemOf = (error: TensorError | undefined): Pick<NodeGpuDiagnosis, 'works' | 'reason' | 'problem'> => ({
  works: error === undefined,
  reason: (error?.details['reason'] as NodeGpuUnavailableReason | undefined) ?? null,
  problem: error?.message ?? null,
});
