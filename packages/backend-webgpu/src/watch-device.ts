import type { TensorError } from '@nt/tensor';
import type { GpuDevice } from './gpu.ts';
import { webgpuUnavailable } from './webgpu-unavailable.ts';

/** Tells whether a device may still be used. */
export interface DeviceWatch {
  /** @throws TensorError `tensor/backend-unavailable`, reasons `device-lost`, `device-error` */
  readonly check: () => void;
  /** From now on losing the device is no error. */
  readonly stop: () => void;
}

/**
 * WebGPU never throws when a command fails or the device goes: it reports on the side, and tfjs, which does not
 * listen, hands out zeros or stale memory. Whoever calls `check` learns of the first such report.
 */
export function watchDevice(device: GpuDevice): DeviceWatch {
  let failure: TensorError | undefined;
  let watching = true;
  device.addEventListener('uncapturederror', ({ error }) => {
    failure ??= webgpuUnavailable('device-error', `the device reported an error: ${error.message}.`);
  });
  void device.lost.then(({ reason, message }) => {
    failure ??= webgpuUnavailable('device-lost', `the device was lost (${reason ?? 'unknown'}): ${message}.`);
  });
  return {
    check: () => {
      if (watching && failure) throw failure;
    },
    stop: () => {
      watching = false;
    },
  };
}
