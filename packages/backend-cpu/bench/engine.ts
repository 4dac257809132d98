// N-HiTS's default network and a small one, engine beside engine, in turns within one run: whole training updates (forward,
// loss, backward, clipping, Adam) of the bare engine, recorded and not, and of the product (NhitsForecaster), and forecasts. PYTHON names the interpreter that has torch and ziglang.
// Usage: pnpm -F @nt/backend-cpu bench [options below, as --batch=32,64]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkLosses } from './check-losses.ts';
import { compareCompetitors, type Rounds } from './compare-competitors.ts';
import { type Field, inferenceCompetitors, type Task, trainingCompetitors } from './engine-competitors.ts';
import { firstLine, machineLine, printOverview, printSetting, type Setting } from './print-results.ts';
import type { Competitor } from './running-competitor.ts';
import { buildNativeStep, buildWasmStep, type StraightLine } from './straight-line/build.ts';

const { values } = parseArgs({
  options: {
    /** Batches to train with. */
    batch: { type: 'string', default: '32,64,128,256,1024' },
    /** Of the hidden layers: the default network's, and one small enough that arithmetic is not all. */
    width: { type: 'string', default: '512,64' },
    /** Batches to forecast; '' for none. */
    inference: { type: 'string', default: '1,1024' },
    threads: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '3' },
    /** Kernel sets of nt-cpu; those that do not load here are left out, with the reason. */
    kernels: { type: 'string', default: 'native,wasm-relaxed,wasm' },
    /** Batches in which the stock engines of tfjs run. */
    stock: { type: 'string', default: '32' },
    torch: { type: 'string', default: 'eager,compile' },
    /** For the native C step; x86-64-v3 is AVX2. */
    march: { type: 'string', default: 'native' },
  },
});
const words = (text: string): string[] => text.split(',').filter((word) => word !== '');
const numbers = (text: string): number[] => words(text).map(Number);
const golden = path.join(import.meta.dirname, '../../nhits/test/golden/nhits_default');
/** Three updates: rounding differences have not grown yet. */
const lossTolerance = 1e-4;

const python = process.env['PYTHON'] ?? 'python3';
const folder = mkdtempSync(path.join(tmpdir(), 'nt-bench-'));
try {
  const field = prepare();
  const training = await measure('Training', numbers(values.batch), (task) => trainingCompetitors(field, task));
  const inference = await measure('Inference', numbers(values.inference), (task) => inferenceCompetitors(field, task));
  for (const [title, settings] of [...training, ...inference]) printOverview(title, settings);
  console.log(`\n${machineLine()}`);
} finally {
  rmSync(folder, { recursive: true });
}

function prepare(): Field {
  const torch = firstLine(python, '-c', 'import torch; print(torch.__version__)');
  const widths = numbers(values.width);
  const native = new Map(widths.map((width) => [width, buildNativeStep(values.march, folder, width)]));
  const wasm = new Map(widths.map((width) => [width, buildWasmStep(python, folder, width)]));
  const built = ([step]: readonly StraightLine[]): string =>
    'why' in step! ? `none: ${step.why}` : `by ${step!.builtBy}`;
  console.log(
    machineLine(torch ? `PyTorch ${torch}` : `no PyTorch: pip install torch, and name the interpreter in PYTHON`),
  );
  console.log(
    `C step: native (-march=${values.march}) ${built([...native.values()])}; WASM ${built([...wasm.values()])}`,
  );
  if (torch) console.log(checkTorch());
  const stock = numbers(values.stock);
  const kernels = words(values.kernels);
  return { kernels, stock, native, wasm, python: torch ? python : undefined, torch: words(values.torch) };
}

/** PyTorch's side has to be the network that it is compared as. */
function checkTorch(): string {
  const script = path.join(import.meta.dirname, 'torch-step.py');
  const { parameters, updates, largestDifference } = JSON.parse(
    execFileSync(python, [script, 'check', golden], { encoding: 'utf8' }),
  ) as { parameters: number; updates: number; largestDifference: number };
  if (!(parameters === 2_817_570 && largestDifference < 1e-9))
    throw new Error(`torch-step.py: ${parameters} weights, losses ${largestDifference} from neuralforecast's`);
  return `PyTorch's side: ${parameters} weights; ${updates} updates as neuralforecast's own, losses equal to ${largestDifference.toExponential(0)}`;
}

async function measure(
  what: string,
  batches: readonly number[],
  competitors: (task: Task) => Competitor[],
): Promise<[string, Setting[]][]> {
  const all: [string, Setting[]][] = [];
  const threadCounts = batches.length > 0 ? numbers(values.threads) : [];
  for (const [threads, width] of threadCounts.flatMap((count) =>
    numbers(values.width).map((of) => [count, of] as const),
  )) {
    const settings: Setting[] = [];
    for (const batch of batches) {
      const results = await compareCompetitors(competitors({ threads, batch, width }), rounds(batch));
      settings.push({ title: `B=${batch}`, results });
      printSetting({ title: `${what}, width ${width}, B=${batch}, threads ${threads}`, results });
      for (const prefix of ['nt-cpu|tfjs', 'C step']) {
        const same = results.filter(({ name }) => new RegExp(`^(${prefix})`).test(name));
        const agreement = checkLosses('\nFirst losses', same, lossTolerance);
        if (agreement) console.log(agreement);
      }
    }
    all.push([`${what}, width ${width}, threads ${threads}, ms`, settings]);
  }
  return all;
}

function rounds(batch: number): Rounds {
  return { count: Number(values.rounds), milliseconds: batch > 512 ? 2500 : 1000, warmUpMilliseconds: 4000 };
}
