import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { expect, it } from 'vitest';
import { openChannel, smallRun, weekCsv } from './worker-channel.ts';

it('a training that exploded says so, leaves no model and is not kept; the next one is as always', async () => {
  const backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  const client = openChannel(backend);
  try {
    await client.preview({ file: new Blob([weekCsv()]), name: 'sales.csv' });
    const exploding = { ...smallRun, plan: { ...smallRun.plan, learningRate: 1e9, maxEpochs: 1 }, keep: 'run' };
    await expect(client.train(exploding)).rejects.toMatchObject({
      code: 'forecast/no-model',
      message: expect.stringMatching(/exploded.*smaller learning rate/),
    });
    expect(await client.keptRun('run')).toBeNull();
    await expect(client.forecast({})).rejects.toMatchObject({ code: 'forecast/nothing-open' });
    await client.train(smallRun);
    expect((await client.evaluate({})).skill!.verdict).toBe('better');
  } finally {
    client.close();
    await backend.dispose();
  }
});
