// The tfjs programs of the tests, a training step each, on every engine: what a step costs in processor time, which a busy
// machine changes less than wall time. Each engine has a process of its own, as for whoever uses it: in one process tfjs's
// own functions would see the objects of all of them and be slower for each. They are measured in turns.
// tfjs-node takes part when packages/backend-node-gpu/tools/build-addon.mjs has built it.
// Usage: pnpm -F @nt/backend-cpu bench:programs [--threads=1] [--rounds=5] [--programs=tiny] [--engines=nt-cpu,cpu,wasm]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tfjsPrograms } from '../test/programs/programs.ts';
import { machineLine } from './print-results.ts';
import type { Measured, Measuring } from './program-steps.ts';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    /** Part of a program's name; '' for all. */
    programs: { type: 'string', default: '' },
    engines: { type: 'string', default: 'nt-cpu,cpu,wasm,tensorflow' },
  },
});

const steps = fileURLToPath(new URL('program-steps.ts', import.meta.url));
const processes = new Map<string, ChildProcess>();
for (const engine of values.engines.split(',')) {
  const child = fork(steps, [engine, values.threads], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.once('exit', (code) => {
    if (code !== null) throw new Error(`the process of ${engine} ended with ${code}`);
  });
  const [{ missing }] = (await once(child, 'message')) as [{ missing: string }];
  if (missing) {
    console.log(`Without ${engine}: ${missing}`);
    child.kill();
  } else processes.set(engine, child);
}
const engines = [...processes.keys()];
console.log(`${machineLine()}; nt-cpu on ${values.threads} threads; processor ms a step, medians of ${values.rounds}`);
console.log(`\n| program | ${engines.join(' | ')} | ${engines[1] ?? ''} ÷ nt-cpu |`);
console.log(`| --- |${' ---: |'.repeat(engines.length + 1)}`);
for (const { name } of tfjsPrograms.filter((program) => program.name.includes(values.programs))) {
  const samples = new Map(engines.map((engine): [string, number[]] => [engine, []]));
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [engine, child] of processes) {
      const milliseconds = await measured(child, { name, isLast: round === Number(values.rounds) - 1 });
      if (milliseconds !== null) samples.get(engine)!.push(milliseconds);
    }
  const medians = engines.map((engine) => median(samples.get(engine)!));
  const cells = medians.map((value) => (value === undefined ? '–' : value.toFixed(3)));
  const ratio = medians[0] && medians[1] ? `${(medians[1] / medians[0]).toFixed(2)}×` : '';
  console.log(`| ${name} | ${cells.join(' | ')} | ${ratio} |`);
}
for (const child of processes.values()) child.kill();

async function measured(child: ChildProcess, what: Measuring): Promise<Measured['milliseconds']> {
  child.send(what);
  const [{ milliseconds }] = (await once(child, 'message')) as [Measured];
  return milliseconds;
}

function median(numbers: readonly number[]): number | undefined {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
