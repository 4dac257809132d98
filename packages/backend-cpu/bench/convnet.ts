// An unmodified tfjs program (tf.layers, the convnet of the tests) on every engine, in turns within one run: whole
// program per training step. tfjs-node takes part when node packages/backend-node-gpu/tools/build-addon.mjs has built it.
// Usage: pnpm -F @nt/backend-cpu bench:convnet [options below, as --threads=2]
import { parseArgs } from 'node:util';
import { trainingTolerance } from '../test/tolerances.ts';
import { checkLosses } from './check-losses.ts';
import { compareCompetitors } from './compare-competitors.ts';
import { nodeSource } from './engine-competitors.ts';
import { machineLine, printOverview, printSetting, type Setting } from './print-results.ts';
import type { Competitor } from './running-competitor.ts';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '3' },
    /** Kernel sets of nt-cpu; those that do not load here are left out, with the reason. */
    kernels: { type: 'string', default: 'native,wasm-relaxed,wasm' },
    /** Of an image, in pixels. */
    side: { type: 'string', default: '16' },
    filters: { type: 'string', default: '8' },
    /** Images, in batches of 16; few, so that making them hardly counts. */
    count: { type: 'string', default: '32' },
    epochs: { type: 'string', default: '4' },
  },
});
const list = (text: string): string[] => text.split(',').filter((word) => word !== '');
const { side, filters, count, epochs } = values;

function competitors(threads: number): Competitor[] {
  const engine = (name: string, command: string, others: Partial<Competitor> = {}): Competitor => ({
    name,
    command: [...nodeSource('convnet-competitor.ts'), command, `${threads}`, side, filters, count, epochs],
    threads,
    ...others,
  });
  const limits = ['TF_NUM_INTRAOP_THREADS', 'OMP_NUM_THREADS'].map((name) => [name, `${threads}`]);
  const environment = { TF_CPP_MIN_LOG_LEVEL: '2', TF_NUM_INTEROP_THREADS: '1', ...Object.fromEntries(limits) };
  const stock = { threads: 1, slow: true };
  return [
    ...list(values.kernels).map((name) => engine(`nt-cpu ${name}`, `nt-cpu:${name}`)),
    engine('tfjs-node (CPU)', 'tfjs-node', { environment }),
    ...(threads === 1 ? [engine('tfjs wasm', 'wasm', stock), engine('tfjs cpu', 'cpu', stock)] : []),
  ];
}

console.log(`${machineLine()}; images ${side} × ${side}, ${filters} and ${2 * Number(filters)} filters, batches of 16`);
const rounds = { count: Number(values.rounds), milliseconds: 1500, warmUpMilliseconds: 4000 };
const settings: Setting[] = [];
for (const threads of list(values.threads).map(Number)) {
  const results = await compareCompetitors(competitors(threads), rounds);
  const setting = { title: `threads ${threads}`, results };
  settings.push(setting);
  printSetting(setting);
  const agreement = checkLosses('\nLosses of the epochs', results, trainingTolerance);
  if (agreement) console.log(agreement);
}
printOverview('Convnet, ms per training step', settings);
console.log(`\n${machineLine()}`);
