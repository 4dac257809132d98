// The process of one engine in programs.ts: runs steps of the programs that it is told.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { registerCpuEngine } from '@nt/backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { RunningProgram } from '../test/programs/program.ts';
import { tfjsPrograms } from '../test/programs/programs.ts';
import { useTfjsNode } from './use-tfjs-node.ts';

/** A round of a program, of which more may come. */
export interface Measuring {
  readonly name: string;
  readonly isLast: boolean;
}

/** Processor milliseconds of a step; null where the engine cannot run the program: stock wasm lacks kernels of training. */
export interface Measured {
  readonly milliseconds: number | null;
}

const [engine, threads] = process.argv.slice(2) as [string, string];
const running = new Map<string, RunningProgram | null>();

console.warn = () => {};
process.on('disconnect', () => process.exit());
process.send!({ missing: await started() });
process.on('message', async (what: Measuring) => {
  process.send!({ milliseconds: await milliseconds(what) } satisfies Measured);
});

/** Why the engine cannot be used; empty when it can. */
async function started(): Promise<string> {
  try {
    if (engine === 'nt-cpu') registerCpuEngine({ threads: Number(threads) });
    if (engine === 'tensorflow') await useTfjsNode();
    return (await tf.setBackend(engine)) ? '' : 'it does not start';
  } catch (error) {
    return String(error).split('\n')[0]!;
  }
}

async function milliseconds({ name, isLast }: Measuring): Promise<number | null> {
  const program = tfjsPrograms.find((one) => one.name === name)!;
  if (!running.has(name)) running.set(name, await warm());
  const made = running.get(name)!;
  const found = made && (await ofSteps(made, program.small ? 50 : 5));
  if (isLast) made?.dispose();
  return found;

  async function warm(): Promise<RunningProgram | null> {
    const begun = program.make();
    try {
      await ofSteps(begun, program.small ? 1000 : 10);
      return begun;
    } catch {
      return null;
    }
  }
}

async function ofSteps(made: RunningProgram, count: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) await made.step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / count;
}
