import { type AdapterDescription, describeAdapter } from './describe-adapter.ts';
import type { Gpu, GpuAdapter, GpuDevice } from './gpu.ts';
import { webgpuUnavailable } from './webgpu-unavailable.ts';

/** A device, and what its adapter says of itself. */
export interface OpenDevice {
  readonly device: GpuDevice;
  readonly adapter: GpuAdapter;
  readonly description: AdapterDescription;
}

const features = ['timestamp-query', 'bgra8unorm-storage'];

/**
 * Limits that tfjs raises, and `maxStorageBuffersPerShaderStage`, which it leaves at 8: with that, `tf.addN` of 8 or
 * more tensors is silently wrong.
 */
const limits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
];

/**
 * Asks for the fastest adapter and a device with all that it offers.
 *
 * @throws TensorError `tensor/backend-unavailable`, reasons `no-adapter`, `software-adapter`, `device-refused`
 */
export async function openDevice(gpu: Gpu, allowSoftware: boolean): Promise<OpenDevice> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw webgpuUnavailable('no-adapter', 'WebGPU found no adapter.');
  const description = describeAdapter(adapter);
  if (description.software && !allowSoftware) {
    throw webgpuUnavailable('software-adapter', `the only adapter, ${description.device}, emulates a GPU on the CPU.`);
  }
  const requiredFeatures = features.filter((name) => adapter.features.has(name));
  const offered = limits.map((name) => [name, adapter.limits[name]] as const);
  const requiredLimits = Object.fromEntries(
    offered.filter((limit): limit is [string, number] => limit[1] !== undefined),
  );
  try {
    return { device: await adapter.requestDevice({ requiredFeatures, requiredLimits }), adapter, description };
  } catch (error) {
    const found = `adapter ${description.device} refused a device: ${(error as Error).message}.`;
    throw webgpuUnavailable('device-refused', found, error);
  }
}
