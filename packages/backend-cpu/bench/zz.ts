import { createCpuBackend } from '@nt/backend-cpu';
import { createTraining } from './network.ts';

const backend = await createCpuBackend({
  threads: Number(process.argv[2] ?? 1),
  ...(process.argv[4] ? { kernels: process.argv[4] as never } : {}),
});
console.log(process.version, (await backend.describe()).kernelSet);
for (const B of (process.argv[3] ?? '32').split(',').map(Number)) {
  const t = createTraining(backend.ops as never, B);
  const times: number[] = [];
  let loss = 0;
  for (let i = 0; i < (B > 512 ? 15 : 60); i++) {
    const t0 = performance.now();
    if (i % 20 === 0) loss = await t.update();
    else t.updateOnly();
    times.push(performance.now() - t0);
  }
  times.sort((a, b) => a - b);
  console.log(
    'B',
    B,
    'params',
    t.parameters,
    'min',
    times[0]!.toFixed(1),
    'median',
    times[times.length >> 1]!.toFixed(1),
    'loss',
    loss,
    backend.memory(),
  );
  for (const v of []) void v;
  if ((process.argv[3] ?? '').includes(',')) break;
}
