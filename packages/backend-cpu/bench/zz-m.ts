import { createCpuBackend } from '@nt/backend-cpu';
import { createTraining } from '/work/main/packages/backend-cpu/bench/network.ts';

const [kernels, threads, batch, secs] = process.argv.slice(2);
const b = await createCpuBackend({ kernels: kernels as any, threads: Number(threads) });
const tr = createTraining(b.ops, Number(batch));
await tr.update();
const t: number[] = [],
  c: number[] = [];
const warm = performance.now() + 3000;
while (performance.now() < warm) tr.updateOnly();
const end = performance.now() + Number(secs ?? 3) * 1000;
while (performance.now() < end) {
  const u = process.cpuUsage(),
    s = performance.now();
  tr.updateOnly();
  t.push(performance.now() - s);
  const d = process.cpuUsage(u);
  c.push((d.user + d.system) / 1000);
}
const q = (a: number[], f: number) => [...a].sort((x, y) => x - y)[Math.floor(a.length * f)]!.toFixed(1);
console.log(
  kernels,
  threads,
  batch,
  'n',
  t.length,
  'wall min',
  q(t, 0),
  'p10',
  q(t, 0.1),
  'med',
  q(t, 0.5),
  'cpu p10',
  q(c, 0.1),
  'med',
  q(c, 0.5),
);
process.exit(0);
