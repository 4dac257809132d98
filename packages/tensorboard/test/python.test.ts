import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEventWriter } from '../src/index.ts';
import { openEventFile } from '../src/node/index.ts';
import { logEverything } from './log-everything.ts';
import { needs, python } from './needs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorboard-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

// biome-ignore lint/suspicious/noExplicitAny: JSON of read-by-python.py, checked by the expectations
function readByPython(): any {
  const script = fileURLToPath(new URL('read-by-python.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, [script, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const present = needs('python-tensorboard');

describe("our files, read by TensorBoard's own reader", () => {
  it.skipIf(!present)('hold everything that was logged', () => {
    logEverything(openEventFile(folder));
    const wall = 1_700_000_000.5;
    const png = readFileSync(new URL('golden/pixels.png', import.meta.url));
    expect(readByPython()).toEqual({
      scalars: {
        'train/loss': [
          [0, wall, '0.0'],
          [300, wall, '0.10000000149011612'],
          [Number.MAX_SAFE_INTEGER, wall, 'inf'],
        ],
        größe: [[0, wall, '-1.5']],
      },
      histograms: { weights: [[300, [0, 1, 2, 3], [2, 1, 1, 2]]], bias: [[301, [0], [2]]] },
      images: { forecast: [[300, 2, 1, png.toString('base64')]] },
      text: { notes: [[300, '**naïve** baseline: 0.5\n']] },
      hyperparameters: { optimizer: 'adamw', learningRate: 0.001, decay: 0, nesterov: false },
      metrics: ['validation/loss'],
      status: 1,
    });
  });

  it.skipIf(!present)('join into one curve after a resume, without the updates of the killed run', () => {
    const killed = createEventWriter({ sink: openEventFile(folder, () => 1e12), clock: () => 1e12 });
    for (let update = 0; update < 6; update += 1) killed.log({ loss: update }, { update });
    const resumed = createEventWriter({ sink: openEventFile(folder, () => 2e12), clock: () => 2e12, resumedAt: 3 });
    for (let update = 3; update < 5; update += 1) resumed.log({ loss: -update }, { update });
    const curve = readByPython().scalars.loss.map(([update, , value]: [number, number, string]) => [
      update,
      Number(value),
    ]);
    expect(curve).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, -3],
      [4, -4],
    ]);
  });
});
