import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { useEngine } from './engines.ts';
import { inheritedUse, watchInheritedKernels } from './programs/inherited-kernels.ts';
import type { TfjsProgram } from './programs/program.ts';
import { tfjsPrograms } from './programs/programs.ts';
import { programTolerance } from './tolerances.ts';

/** An inherited kernel may touch this many elements: then it is as quick as one of ours. */
const mostInherited = 1024;

/** Why an inherited kernel may touch more. */
const exceptions: Readonly<Record<string, string>> = {
  Range: 'its values start as an array of JavaScript, like one that the program writes',
  LinSpace: 'likewise',
};

beforeAll(() => {
  // tf.layers notes that it ignores `unroll`.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  watchInheritedKernels();
});

async function twoSteps(program: TfjsProgram): Promise<number[]> {
  const running = program.make();
  const losses = [await running.step(), await running.step()];
  running.dispose();
  return losses;
}

describe.each(tfjsPrograms.map((program) => [program.name, program] as const))('%s', (_, program) => {
  it('runs on kernels of ours, to the results of the stock engine, with the same bits on one thread and on three', async () => {
    await tf.setBackend('cpu');
    const stock = await twoSteps(program);
    await useEngine({ threads: 1 });
    let one: number[] = [];
    const use = await inheritedUse(async () => {
      one = await twoSteps(program);
    });
    const large = [...use].filter(([name, elements]) => elements > mostInherited && !(name in exceptions));
    expect(large).toEqual([]);
    await useEngine({ threads: 3 });
    const three = await twoSteps(program);
    if (program.random) return;
    expect(three).toEqual(one);
    one.forEach((loss, i) => {
      expect(Math.abs(loss - stock[i]!)).toBeLessThanOrEqual(programTolerance * (1 + Math.abs(stock[i]!)));
    });
  });
});
