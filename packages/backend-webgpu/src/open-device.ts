import { type AdapterDescription, describeAdapter } from './describe-adapter.ts';
import type { Gpu, GpuAdapter, GpuDevice } from './gpu.ts';
import type { WebgpuBackendOptions } from './webgpu-backend-options.ts';
import { webgpuUnavailable } from './webgpu-unavailable.ts';

/** A device, and what its adapter says of itself. */
export interface OpenDevice {
  readonly device: GpuDevice;
  readonly adapter: GpuAdapter;
  readonly description: AdapterDescription;
}

const features = ['timestamp-query', 'bgra8unorm-storage'];

/** Float16 in shaders. */
const halfFeature = 'shader-f16';

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
 * @throws TensorError `tensor/backend-unavailable`, reasons `no-adapter`, `software-adapter`, `no-float16`,
 *   `device-refused`
 */
export async function openDevice(
  gpu: Gpu,
  { allowSoftware, precision }: Required<WebgpuBackendOptions>,
): Promise<OpenDevice> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw webgpuUnavailable('no-adapter', 'WebGPU found no adapter.');
  const description = describeAdapter(adapter);
  if (description.software && !allowSoftware) {
    throw webgpuUnavailable('software-adapter', `the only adapter, ${description.device}, emulates a GPU on the CPU.`);
  }
  const isHalf = precision === 'mixed-float16';
  if (isHalf && !adapter.features.has(halfFeature)) {
    throw webgpuUnavailable('no-float16', `adapter ${description.device} offers no ${halfFeature}.`);
  }
  const wanted = isHalf ? [...features, halfFeature] : features;
  const requiredFeatures = wanted.filter((name) => adapter.features.has(name));
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
