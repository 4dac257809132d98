import { createCpuBackend } from '@nt/backend-cpu';
import { findBackend } from '@tensorflow/tfjs-core';
import { createTraining } from './network.ts';
const [kernels, threads, batch, secs, detail] = process.argv.slice(2);
const { CommandWriter } = await import('../src/kernels/compiled/command.ts'); const ob = CommandWriter.prototype.begin; CommandWriter.prototype.begin = function (this: any, ...a: any[]) { (globalThis as any).__cmd = this.offset; return (ob as any).apply(this, a); } as any;
const b = await createCpuBackend({ kernels: kernels as any, threads: Number(threads) });
const be: any = findBackend('nt-cpu');
const tr = createTraining(b.ops, Number(batch));
await tr.update();
const names = ['', 'gemm','rule','copy','reduce','squares','pool','poolGrad','softmax','im2col','col2im','pool2d','pool2dGrad','generated'];
let calls: { n: string; t: number }[] = [];
let on = false;
const orig = be.runner.run.bind(be.runner);
be.runner.run = (c: number) => {
  if (!on) return orig(c);
  const at = (be.kernels as any), w = be.heap.ints;
  const o = cmd / 4; let n = names[w[o]]!;
  if (n === 'gemm') n += ` ${w[o+4]}x${w[o+5]}x${w[o+6]}${w[o+9]===1?'':' aT'}${w[o+13]===1?'':' bT'}${w[o+20]?' rows':''}`;
  else if (n === 'rule') n += ` count ${w[o+3]} steps ${w[o+9]} in ${w[o+5]}`;
  else if (n==='generated') n+= ` ${w[o+5]/4}`;
  else if (n==='reduce') n += ` ${w[o+5]},${w[o+6]},${w[o+7]}`;
  else if (n==='copy') n += ` ${[...w.slice(o+6,o+6+w[o+5])]}`;
  const s = performance.now(); orig(c); calls.push({ n, t: performance.now() - s });
};
let cmd = 0;
{ // find the command block: intercept allocate order => CommandWriter is first big alloc
  const k: any = be.kernels; const d = Object.getOwnPropertySymbols(k); }
cmd = (globalThis as any).__cmd;
const warm = performance.now() + 3000;
while (performance.now() < warm) tr.updateOnly();
on = true;
const mins: number[] = []; let labels: string[] = []; let best = Infinity; let n = 0; const tot: number[] = [];
const end = performance.now() + Number(secs) * 1000;
while (performance.now() < end) {
  calls = []; const s = performance.now(); tr.updateOnly(); const t = performance.now() - s; best = Math.min(best, t); tot.push(t); n++;
  labels = calls.map((c) => c.n); calls.forEach((c, i) => { mins[i] = Math.min(mins[i] ?? Infinity, c.t); });
}
const by = new Map<string, [number, number]>();
labels.forEach((l, i) => { const key = detail ? l : l.split(' ')[0]!; const e = by.get(key) ?? [0, 0]; e[0] += mins[i]!; e[1]++; by.set(key, e); });
const sum = mins.reduce((a, c) => a + c, 0);
console.log(kernels, 'threads', threads, 'B', batch, 'n', n, 'best', best.toFixed(2), 'sum of min kernels', sum.toFixed(2), 'calls', labels.length, 'JS about', (best - sum).toFixed(2));
for (const [k, [t, c]] of [...by].sort((a, b) => b[1][0] - a[1][0]).slice(0, 30)) console.log('  ', t.toFixed(3).padStart(8), String(c).padStart(4), k);
process.exit(0);
