// Processor time of a fit and of the solver beside LAPACK.
//   NT_SHARED_DATA=FOLDER PYTHON=python3 pnpm -F @nt/linear bench
// NT_SHARED_DATA: the folder with ETTh1.csv; PYTHON: an interpreter that has numpy.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fitRidge } from '@nt/linear';
import { etth1, publicSeriesFolder } from '../long/public-series.ts';
import { testErrors } from '../long/test-errors.ts';
import { RidgeSystem } from '../src/algebra/ridge-system.ts';
import { Workspace } from '../src/algebra/workspace.ts';

const size = 1024;
const repetitions = 5;

async function main(): Promise<void> {
  if (publicSeriesFolder) {
    const series = etth1(publicSeriesFolder);
    const before = process.cpuUsage();
    const fitted = await fitRidge(series.set, series.split, { horizon: 96, lookbacks: [96, 168, 336, 504, 720] });
    const seconds = cpuSeconds(before);
    const { mse, mae } = await testErrors(fitted, series);
    const memory = process.resourceUsage().maxRSS / 1024;
    print(
      `ETTh1 H=96, look-backs 96 … 720: ${seconds.toFixed(1)} s of processor, ${memory.toFixed(0)} MB, ${mse.toFixed(3)}/${mae.toFixed(3)}`,
    );
  }
  const ours = await solverSeconds();
  print(`tridiagonal form and one λ, ${size} × ${size}, 96 outputs: ${ours.toFixed(3)} s`);
  const python = process.env['PYTHON'];
  if (!python) return;
  const script = fileURLToPath(new URL('lapack.py', import.meta.url));
  const lapack = Number(execFileSync(python, [script, String(size), String(repetitions)], { encoding: 'utf8' }));
  print(`numpy.linalg.eigh, one thread: ${lapack.toFixed(3)} s; ours takes ${(ours / lapack).toFixed(2)} of that`);
}

/** The best of some repetitions, after the compiler has seen it once. */
async function solverSeconds(): Promise<number> {
  const space = await Workspace.open();
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++)
      gram[i * size + j] = gram[j * size + i] = Math.sin(i * j + i + j) + (i === j ? size : 0);
  }
  const cross = Float64Array.from({ length: size * 96 }, (_, i) => Math.cos(i));
  let best = Number.POSITIVE_INFINITY;
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    const before = process.cpuUsage();
    space.scope(() => {
      const system = new RidgeSystem(space, size, gram);
      system.solve(system.rightSide(cross), 1);
    });
    if (repetition > 0) best = Math.min(best, cpuSeconds(before));
  }
  return best;
}

function cpuSeconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

await main();
