// Whole training updates of N-HiTS's default network, engine beside engine, in turns within one run.
// Usage: pnpm -F @nt/backend-cpu bench [--batch=32,64,128,256,1024] [--threads=1,2] [--rounds=3] [--stock=32]
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '32,64,128,256,1024' },
    threads: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '3' },
    stock: { type: 'string', default: '32' },
  },
});
const list = (text: string): number[] => text.split(',').map(Number);
const here = import.meta.dirname;
const python = process.env['PYTHON'] ?? 'python3';
const folder = mkdtempSync(path.join(tmpdir(), 'nt-bench-'));
/** A repetition is clean when its process had nearly all the processor time that its threads could use. */
const cleanShare = 0.94;
/** Until V8 has optimised the code: some sixty updates. */
const warmUpMilliseconds = 4000;
const isStock = (name: string): boolean => name === 'cpu' || name === 'wasm';

interface Competitor {
  readonly name: string;
  readonly command: readonly string[];
}

interface Sample {
  readonly milliseconds: number;
  readonly cpu: number;
}

function competitors(threads: number, batch: number, straightLine: string | undefined): Competitor[] {
  const engine = (name: string): Competitor => ({
    name,
    command: [
      process.execPath,
      '--import',
      'tsx',
      '--conditions=@nt/source',
      path.join(here, 'competitor.ts'),
      name,
      `${threads}`,
      `${batch}`,
    ],
  });
  const all = [engine('nt-cpu')];
  if (straightLine && threads <= 2) {
    const worker = path.join(here, 'straight-line/worker.cjs');
    all.push({ name: 'straight-line', command: [process.execPath, worker, straightLine, `${threads}`, `${batch}`] });
  }
  // The stock engines have one thread, and take seconds for one update of a large batch.
  if (threads === 1 && list(values.stock).includes(batch)) all.push(engine('cpu'), engine('wasm'));
  if (hasTorch)
    all.push({ name: 'torch', command: [python, path.join(here, 'torch-step.py'), `${threads}`, `${batch}`] });
  return all;
}

class Running {
  readonly name: string;
  readonly samples: Sample[] = [];
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor({ name, command: [file, ...parameters] }: Competitor) {
    this.name = name;
    this.#process = spawn(file!, parameters, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  async ready(): Promise<void> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`${this.name} ended before it was ready`);
      if (value.startsWith('ready')) return;
    }
  }

  async run(milliseconds: number): Promise<void> {
    this.#process.stdin!.write(`${milliseconds}\n`);
    const { value } = await this.#lines.next();
    this.samples.push(...(JSON.parse(value!) as Sample[]));
  }

  stop(): void {
    this.#process.kill();
  }
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** Medians of clean repetitions; of all when fewer than three are clean (then only processor times mean something). */
function summary(samples: readonly Sample[], threads: number): { wall: number; cpu: number; clean: number } {
  const clean = samples.filter(({ milliseconds, cpu }) => cpu / milliseconds > threads * cleanShare);
  const used = clean.length >= 3 ? clean : samples;
  return {
    wall: median(used.map(({ milliseconds }) => milliseconds)),
    cpu: median(used.map(({ cpu }) => cpu)),
    clean: clean.length,
  };
}

async function measure(threads: number, batch: number, straightLine: string | undefined): Promise<void> {
  const running = competitors(threads, batch, straightLine).map((competitor) => new Running(competitor));
  try {
    for (const competitor of running) await competitor.ready();
    for (const competitor of running) await competitor.run(isStock(competitor.name) ? 1 : warmUpMilliseconds);
    for (const competitor of running) competitor.samples.length = 0;
    for (let round = 0; round < Number(values.rounds); round++)
      for (const competitor of running) await competitor.run(batch > 512 ? 2500 : 1000);
    const own = summary(running[0]!.samples, threads);
    for (const { name, samples } of running) {
      const { wall, cpu, clean } = summary(samples, isStock(name) ? 1 : threads);
      const ratio =
        name === 'nt-cpu'
          ? ''
          : `nt-cpu is ${(wall / own.wall).toFixed(2)}x as fast (${(cpu / own.cpu).toFixed(2)}x by processor time)`;
      console.log(
        `B=${batch} threads=${threads} ${name.padEnd(13)} ${wall.toFixed(1).padStart(8)} ms (cpu ${cpu.toFixed(1)})  clean ${clean}/${samples.length}  ${ratio}`,
      );
    }
  } finally {
    for (const competitor of running) competitor.stop();
  }
}

function buildStraightLine(): string | undefined {
  const output = path.join(folder, 'straight-line.wasm');
  const relaxed = Number(process.versions.node.split('.')[0]) >= 22 ? '+relaxed_simd' : '';
  const linker = [
    '--no-entry',
    '--import-memory',
    '--shared-memory',
    '--max-memory=536870912',
    '--export=__stack_pointer',
    '--export=__heap_base',
  ];
  const flags = [
    '-target',
    'wasm32-freestanding',
    '-O3',
    '-ffp-contract=off',
    '-fno-math-errno',
    '-nostdlib',
    '-fno-sanitize=all',
    '-w',
  ];
  const cpu = `-mcpu=generic+simd128+atomics+bulk_memory${relaxed}`;
  try {
    execFileSync(
      python,
      ['-m', 'ziglang', 'cc', ...flags, cpu, ...linker.map((flag) => `-Wl,${flag}`), 'step_wasm.c', '-o', output],
      {
        cwd: path.join(here, 'straight-line'),
        stdio: 'ignore',
      },
    );
    return output;
  } catch {
    return undefined;
  }
}

function canImportTorch(): boolean {
  try {
    execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const hasTorch = canImportTorch();
const straightLine = buildStraightLine();
console.log(`Node ${process.versions.node}, ${cpus()[0]?.model}, ${cpus().length} processors`);
if (!hasTorch) console.log('PyTorch is missing: pip install torch, and name its interpreter in PYTHON.');
if (!straightLine)
  console.log('The straight-line step was not built: pip install ziglang==0.17.1, and name its interpreter in PYTHON.');
try {
  for (const threads of list(values.threads))
    for (const batch of list(values.batch)) await measure(threads, batch, straightLine);
} finally {
  rmSync(folder, { recursive: true });
}
