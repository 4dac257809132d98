import type { SuiteOptions } from '@nt/engine-tests/core-suite';
import { backend as active } from '@tensorflow/tfjs-core';
import { createWebgpuBackend } from '../../src/index.ts';

interface ScopedDevice {
  pushErrorScope(kind: 'validation'): void;
  popErrorScope(): Promise<{ readonly message: string } | null>;
}

/** Our engine on a software adapter. A spec whose commands the device refuses has failed, whatever it has read. */
export async function watchedEngine(): Promise<Pick<SuiteOptions, 'tfjsName' | 'flags' | 'watch'>> {
  await createWebgpuBackend({ allowSoftware: true });
  const { device } = active() as unknown as { readonly device: ScopedDevice };
  return {
    tfjsName: 'nt-webgpu',
    // As the backend sets it; the suite resets all flags.
    flags: { WEBGPU_CPU_FORWARD: false },
    watch: () => {
      device.pushErrorScope('validation');
      return async () => (await device.popErrorScope())?.message;
    },
  };
}
