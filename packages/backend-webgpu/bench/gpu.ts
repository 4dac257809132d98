import { cpus } from 'node:os';
import { createCpuBackend } from '@nt/backend-cpu';
import { type Backend, kernelNames, TensorError } from '@nt/tensor';
import { type Tensor, unregisterKernel } from '@tensorflow/tfjs-core';
import { createWebgpuBackend, type WebgpuPrecision } from '../src/index.ts';
import { countCommands, type DeviceCommands } from './count-commands.ts';
import { measureSpeed } from './measure-speed.ts';
import { measureTorch } from './measure-torch.ts';
import { defaultNetwork, trainNhits } from './train-nhits.ts';

/**
 * Trains the default N-HiTS (168 hours, 24 ahead, 512 wide) on WebGPU with our kernels, in float32 and float16, and composed of
 * tfjs's; on the CPU engine; with PyTorch on CUDA where that is. Prints a table, after 225 seconds with what there is.
 * `--seconds=4` is the time for each figure.
 */
const seconds = secondsOf(process.argv.slice(2));
const batches = [128, 256, 1024];
/** A batch that would take longer than this for an update is left out: software adapters are that slow. */
const longestUpdate = 10;

interface Row {
  readonly engine: string;
  readonly precision: string;
  commands?: Pick<DeviceCommands, 'dispatches' | 'copies'>;
  readonly speeds: string[];
  /** Why there are no more figures. */
  note?: string;
}

const rows: Row[] = [];
let device = 'none';
setTimeout(() => end(rows.at(-1)), 225_000).unref();

await onWebgpu('float32', async (backend, row) => {
  await measure(row, backend, 2);
  for (const name of Object.values(kernelNames)) unregisterKernel(name, 'nt-webgpu');
  const composed = rowOf('WebGPU: composed of tfjs’s kernels', 'float32');
  composed.commands = await commandsOf(backend);
  if (isSoftware()) composed.note = 'not timed on a software adapter';
  else await measure(composed, backend, 2);
});
await onWebgpu('mixed-float16', (backend, row) => measure(row, backend, 2));
const cpu = await createCpuBackend();
const { device: processor, kernelSet, threads } = await cpu.describe();
await measure(rowOf(`CPU: @nt/backend-cpu, ${kernelSet}, ${threads} threads`, 'float32'), cpu, 5);
await cpu.dispose();
for (const precision of ['float32', 'float16'] as const) {
  const row = rowOf('PyTorch eager, CUDA', precision);
  const { version, cannot, speeds } = await measureTorch('cuda', precision, { batches, seconds });
  row.speeds.push(...speeds.map(shown));
  row.note = cannot === undefined ? `PyTorch ${version}` : `not yet run: ${cannot}`;
}
rowOf('jax-js, WebGPU', 'float32').note = 'not yet run: no update is written for it';
end();

/** A row for WebGPU with our kernels, and what `use` measures. */
async function onWebgpu(
  precision: WebgpuPrecision,
  use: (backend: Backend<Tensor>, row: Row) => Promise<void>,
): Promise<void> {
  const row = rowOf('WebGPU: kernels of @nt/backend-webgpu', precision);
  try {
    // Kernels that were taken out come back with a new engine.
    const backend = await createWebgpuBackend({ allowSoftware: true, precision });
    device = (await backend.describe()).device;
    row.commands = await commandsOf(backend);
    await use(backend, row);
    await backend.dispose();
  } catch (error) {
    if (!TensorError.isInstance(error)) throw error;
    row.note = error.message;
  }
}

function rowOf(engine: string, precision: string): Row {
  const row: Row = { engine, precision, speeds: [] };
  rows.push(row);
  return row;
}

async function measure({ engine, precision, speeds }: Row, backend: Backend<Tensor>, warmUp: number): Promise<void> {
  let slowest = 0;
  for (const batch of batches) {
    if (slowest * batch > longestUpdate) return;
    const windowsPerSecond = await measureSpeed(backend, { batch, seconds, warmUp });
    slowest = 1 / windowsPerSecond;
    speeds.push(shown(windowsPerSecond));
    console.error(`${engine}, ${precision}: B = ${batch}: ${speeds.at(-1)} windows/s`);
  }
}

/** Of the third update, when nothing is made for the first time any more; how wide the network is does not matter. */
async function commandsOf(backend: Backend<Tensor>): Promise<Pick<DeviceCommands, 'dispatches' | 'copies'>> {
  const counts = countCommands();
  const after: DeviceCommands[] = [];
  const training = { network: { ...defaultNetwork, hiddenSize: 32 }, batch: 4, updates: 4 };
  await trainNhits(backend, training, {}, () => void after.push({ ...counts }));
  const [second, third] = after.slice(1) as [DeviceCommands, DeviceCommands];
  return { dispatches: third.dispatches - second.dispatches, copies: third.copies - second.copies };
}

function shown(speed: number): string {
  return Number(speed.toPrecision(3)).toLocaleString('en-US');
}

function isSoftware(): boolean {
  return device.endsWith(', software');
}

/** @param unfinished a row that time ran out for */
function end(unfinished?: Row): never {
  if (unfinished) unfinished.note ??= 'no time left';
  console.log(`Adapter: ${device}. Processor: ${cpus()[0]?.model ?? processor}. Node ${process.version}.`);
  if (isSoftware()) {
    console.log('The adapter is software, a GPU emulated on the processor: its windows/s say nothing about a GPU.');
  }
  console.log(
    `\n| engine | precision | dispatches | copies | ${batches.map((batch) => `B = ${batch}`).join(' | ')} | |`,
  );
  console.log(`| --- | --- | ---: | ---: |${batches.map(() => ' ---: |').join('')} --- |`);
  for (const { engine, precision, commands, speeds, note = '' } of rows) {
    const counts = commands ? `${commands.dispatches} | ${commands.copies}` : '– | –';
    console.log(
      `| ${engine} | ${precision} | ${counts} | ${batches.map((_, i) => speeds[i] ?? '–').join(' | ')} | ${note} |`,
    );
  }
  console.log(
    '\nWindows trained a second; dispatches and copies of one update. –: too slow here, no time left, or what is said.\n' +
      'The earlier system claimed 5,000 samples/s on an RTX 3090, 15,000 on an A100, 500 on a CPU; nobody measured them.',
  );
  process.exit(0);
}

function secondsOf(parameters: readonly string[]): number {
  const [given = '--seconds=4', ...others] = parameters;
  const value = Number(/^--seconds=(.+)$/.exec(given)?.[1]);
  if (others.length === 0 && value > 0) return value;
  throw new Error(`bench:gpu takes --seconds=NUMBER, seconds for each figure, default 4; got ${parameters.join(' ')}`);
}
