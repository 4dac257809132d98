// The tfjs programs of the tests, a training step each, on every engine, in turns within one process: what a step costs in
// processor time, which a busy machine changes less than wall time. tfjs-node takes part when
// packages/backend-node-gpu/tools/build-addon.mjs has built it.
// Usage: pnpm -F @nt/backend-cpu bench:programs [--threads=1] [--rounds=5] [--programs=tiny] [--engines=nt-cpu,cpu,wasm]
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { registerCpuEngine } from '@nt/backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { RunningProgram, TfjsProgram } from '../test/programs/program.ts';
import { tfjsPrograms } from '../test/programs/programs.ts';
import { machineLine } from './print-results.ts';
import { useTfjsNode } from './use-tfjs-node.ts';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    /** Part of a program's name; '' for all. */
    programs: { type: 'string', default: '' },
    engines: { type: 'string', default: 'nt-cpu,cpu,wasm,tensorflow' },
  },
});

registerCpuEngine({ threads: Number(values.threads) });
const engines = values.engines.split(',');
const missing = engines.includes('tensorflow') ? await useTfjsNode().then(() => '', String) : '';
const present = engines.filter((engine) => engine !== 'tensorflow' || missing === '');
console.warn = () => {};
console.log(`${machineLine()}; nt-cpu on ${values.threads} threads; processor ms a step, medians of ${values.rounds}`);
if (missing) console.log(`Without tfjs-node: ${missing.split('\n')[0]}`);
console.log(`\n| program | ${present.join(' | ')} | ${present[1] ?? ''} ÷ nt-cpu |`);
console.log(`| --- |${' ---: |'.repeat(present.length + 1)}`);
for (const program of tfjsPrograms.filter(({ name }) => name.includes(values.programs))) await compare(program);
process.exit(0);

async function compare(program: TfjsProgram): Promise<void> {
  const running = new Map<string, RunningProgram>();
  const samples = new Map<string, number[]>(present.map((engine) => [engine, []]));
  for (const engine of present) {
    await tf.setBackend(engine);
    const made = program.make();
    try {
      await steps(made, program.small ? 1000 : 10);
      running.set(engine, made);
    } catch {
      // Stock wasm lacks kernels that training needs.
    }
  }
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [engine, made] of running) {
      await tf.setBackend(engine);
      samples.get(engine)!.push(await steps(made, program.small ? 50 : 5));
    }
  for (const [engine, made] of running) {
    await tf.setBackend(engine);
    made.dispose();
  }
  const medians = present.map((engine) => median(samples.get(engine)!));
  const cells = medians.map((value) => (value === undefined ? '–' : value.toFixed(2)));
  const ratio = medians[0] && medians[1] ? `${(medians[1] / medians[0]).toFixed(2)}×` : '';
  console.log(`| ${program.name} | ${cells.join(' | ')} | ${ratio} |`);
}

/** Processor milliseconds of each. */
async function steps(made: RunningProgram, count: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) await made.step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}

function median(numbers: readonly number[]): number | undefined {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
