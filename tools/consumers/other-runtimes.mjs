import { equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

/** How each runs a program; `NT_BUN` and `NT_DENO` name them where they are not on the path. */
const runtimes = [
  { name: 'bun', command: process.env['NT_BUN'] ?? 'bun', args: [] },
  { name: 'deno', command: process.env['NT_DENO'] ?? 'deno', args: ['run', '-A', '--node-modules-dir=manual'] },
];

/**
 * A program that trains, in the runtimes other than Node that are here: all come to the same numbers.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const otherRuntimes = {
  name: 'other-runtimes',
  packages: ['@nt/backend-cpu', '@nt/data', '@nt/forecast'],
  dependencies: { '@tensorflow/tfjs-core': '4.22.0', '@tensorflow/tfjs-backend-cpu': '4.22.0' },
  files: {
    'main.js': `
      import { createCpuBackend } from '@nt/backend-cpu';
      import { seriesFromArrays } from '@nt/data';
      import { NhitsForecaster } from '@nt/forecast';
      const values = Array.from({ length: 200 }, (_, day) => 100 + 25 * Math.sin((2 * Math.PI * day) / 7));
      const data = seriesFromArrays([{ id: 'shop', values, start: '2026-01-01' }], { frequency: 'day' });
      // One kernel set by name, as each has last digits of its own; 'wasm' runs everywhere.
      const backend = await createCpuBackend({ threads: 2, kernels: 'wasm' });
      const { threads, limitations } = await backend.describe();
      const recipe = new NhitsForecaster(backend, { horizon: 7, inputSize: 28, model: { hiddenSize: 32 } });
      const { forecaster } = await recipe.fit(recipe.plan(data, { maxEpochs: 5, validation: 0.2, test: 0.2 }));
      const { series } = await forecaster.predict(data);
      forecaster.dispose();
      await backend.dispose();
      const native = await createCpuBackend();
      const { kernelSet } = await native.describe();
      await native.dispose();
      console.log(JSON.stringify({ threads, limitations, forecast: [...series[0].values], kernelSet }));
    `,
  },
  use({ run }) {
    const expected = run('node', 'main.js');
    match(expected, /"threads":2,"limitations":\[\]/);
    for (const { name, command, args } of runtimes) {
      if (spawnSync(command, ['--version']).status === 0) equal(run(command, ...args, 'main.js'), expected, name);
      else console.log(`other-runtimes: without ${name}, which is not here`);
    }
  },
};
