import { RunningCompetitor, type Competitor } from './running-competitor.ts';
import { nodeSource } from './engine-competitors.ts';
import path from 'node:path';
const python = '/tmp/venv-core/bin/python';
const script = path.join(import.meta.dirname, 'torch-step.py');
const med = (v: number[]) => [...v].sort((a, b) => a - b)[v.length >> 1]!;
for (const [batch, width] of [[32, 64], [32, 512], [256, 512], [1024, 512], [128, 512], [64, 512]] as const) {
  const t = ['1', `${batch}`, `${width}`];
  const all: Competitor[] = [
    { name: 'nt captured', command: [...nodeSource('competitor.ts'), 'captured', 'nt-cpu:native', ...t], threads: 1 },
    { name: 'NhitsForecaster', command: [...nodeSource('../../../apps/cli/bench/product-competitor.ts'), 'native', ...t], threads: 1 },
    { name: 'torch eager', command: [python, script, 'eager', ...t], threads: 1 },
    { name: 'torch compile', command: [python, script, 'compile', ...t], threads: 1 },
  ];
  const running = all.map((c) => new RunningCompetitor(c));
  for (const r of running) await r.start();
  for (const r of running) await r.run(500);
  for (const r of running) r.samples.length = 0;
  for (let i = 0; i < 4; i++) for (const r of running) await r.run(700);
  const base = med(running[0]!.samples.map((s) => s.cpu)), least = Math.min(...running[0]!.samples.map((s) => s.cpu));
  for (const r of running) console.log(batch, width, r.competitor.name.padEnd(16), r.cannot ?? '', 'cpu median', med(r.samples.map((s) => s.cpu)).toFixed(3), `(${(med(r.samples.map((s) => s.cpu)) / base).toFixed(2)}x)`, 'least', Math.min(...r.samples.map((s) => s.cpu)).toFixed(3), `(${(Math.min(...r.samples.map((s) => s.cpu)) / least).toFixed(2)}x)`, r.samples.length);
  for (const r of running) r.stop();
}
