import { TensorError } from '@nt/tensor';
import { listCheckpoints, TrainerError } from '@nt/trainer';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { backend as active } from '@tensorflow/tfjs-core';
import { smallNetwork, trainNhits } from '../../bench/train-nhits.ts';
import { createWebgpuBackend } from '../../src/index.ts';

const run = { network: smallNetwork, batch: 4, updates: 12, logEvery: 1 } as const;
const create = (): ReturnType<typeof createWebgpuBackend> => createWebgpuBackend({ allowSoftware: true });

const lost = await create();
const whole = await trainNhits(lost, run);
const storage = memoryStorage();
const checkpoint = { storage, everyUpdates: 5 };
const failure = await trainNhits(lost, run, { checkpoint }, async (losses) => {
  if (losses.length !== 8) return;
  const { device } = active() as unknown as { readonly device: { destroy(): void; readonly lost: Promise<unknown> } };
  device.destroy();
  await device.lost;
}).then(
  () => 'nothing was thrown',
  (error: unknown) => {
    const cause = TrainerError.isInstance(error) ? error.cause : error;
    if (!TensorError.isInstance(cause)) throw error;
    return { code: cause.code, reason: cause.details['reason'], message: (error as Error).message };
  },
);
await lost.dispose();

const saved = (await listCheckpoints(storage)).map(({ manifest }) => manifest?.update);
const next = await create();
const rest = await trainNhits(next, run, { checkpoint, resumeFrom: 'last' });
await next.dispose();
console.log(JSON.stringify({ failure, saved, whole, rest }));
