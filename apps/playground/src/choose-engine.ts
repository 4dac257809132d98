import { createCpuBackend } from '@nt/backend-cpu';
import { threadsOfPage } from '@nt/backend-cpu/threads';
import type { ChosenEngine } from '@nt/forecast/worker';
import type { Backend, Tensor } from '@nt/tensor';
import { firstAvailable } from '@nt/tensor';

/** One line to the page, for all engines that come after one another. */
const startThread = threadsOfPage();

/** The GPU where there is one, else the CPU; `wish` names one of them and no other will do. */
export async function chooseEngine(wish: string | undefined): Promise<ChosenEngine> {
  const cpu = async () => (await createCpuBackend({ startThread })) as unknown as Backend<Tensor>;
  const webgpu = async () => {
    // Loaded when it is asked for: most of a first visit's bytes would be this engine.
    const { createWebgpuBackend } = await import('@nt/backend-webgpu');
    return (await createWebgpuBackend({ allowSoftware: wish === 'webgpu' })) as unknown as Backend<Tensor>;
  };
  if (wish === 'cpu') return { backend: await cpu(), reason: 'You chose the CPU.' };
  if (wish === 'webgpu') return { backend: await webgpu(), reason: 'You chose WebGPU.' };
  const { backend, unavailable } = await firstAvailable([webgpu, cpu]);
  const [missing] = unavailable;
  return { backend, reason: missing ? `WebGPU is not there: ${missing.message}` : 'This browser has WebGPU.' };
}
