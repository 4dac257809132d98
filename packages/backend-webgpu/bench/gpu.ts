import { cpus } from 'node:os';
import { createCpuBackend } from '@nt/backend-cpu';
import { type Backend, kernelNames, TensorError } from '@nt/tensor';
import { type Tensor, unregisterKernel } from '@tensorflow/tfjs-core';
import { createWebgpuBackend } from '../src/index.ts';
import { countCommands, type DeviceCommands } from './count-commands.ts';
import { measureSpeed } from './measure-speed.ts';
import { defaultNetwork, trainNhits } from './train-nhits.ts';

/**
 * Trains the default N-HiTS (168 hours, 24 ahead, 512 wide) on the CPU engine and on WebGPU, with our kernels and composed
 * of tfjs's, and prints a table, after 225 seconds with what there is. `--seconds=4` is the time for each figure.
 */
const seconds = secondsOf(process.argv.slice(2));
const batches = [128, 256, 1024];
/** A batch that would take longer than this for an update is left out: software adapters are that slow. */
const longestUpdate = 10;

interface Row {
  readonly engine: string;
  commands?: Pick<DeviceCommands, 'dispatches' | 'copies'>;
  readonly speeds: string[];
}

const rows: Row[] = [];
let device = 'none';
setTimeout(end, 225_000).unref();

try {
  const backend = await createWebgpuBackend({ allowSoftware: true });
  device = (await backend.describe()).device;
  const own = rowOf('WebGPU: kernels of @nt/backend-webgpu');
  own.commands = await commandsOf(backend);
  await measure(own, backend, 2);
  for (const name of Object.values(kernelNames)) unregisterKernel(name, 'nt-webgpu');
  const composed = rowOf('WebGPU: composed of tfjs’s kernels');
  composed.commands = await commandsOf(backend);
  if (!isSoftware()) await measure(composed, backend, 2);
  await backend.dispose();
} catch (error) {
  if (!TensorError.isInstance(error)) throw error;
  console.log(error.message);
}
const cpu = await createCpuBackend();
const { device: processor, kernelSet, threads } = await cpu.describe();
await measure(rowOf(`CPU: @nt/backend-cpu, ${kernelSet}, ${threads} threads`), cpu, 5);
await cpu.dispose();
end();

function rowOf(engine: string): Row {
  const row: Row = { engine, speeds: [] };
  rows.push(row);
  return row;
}

async function measure({ engine, speeds }: Row, backend: Backend<Tensor>, warmUp: number): Promise<void> {
  let slowest = 0;
  for (const batch of batches) {
    if (slowest * batch > longestUpdate) return;
    const windowsPerSecond = await measureSpeed(backend, { batch, seconds, warmUp });
    slowest = 1 / windowsPerSecond;
    speeds.push(Number(windowsPerSecond.toPrecision(3)).toLocaleString('en-US'));
    console.error(`${engine}: B = ${batch}: ${speeds.at(-1)} windows/s`);
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

function isSoftware(): boolean {
  return device.endsWith(', software');
}

function end(): never {
  console.log(`Adapter: ${device}. Processor: ${cpus()[0]?.model ?? processor}. Node ${process.version}.`);
  if (isSoftware()) {
    console.log('The adapter is software, a GPU emulated on the processor: its windows/s say nothing about a GPU.');
  }
  console.log(`\n| engine | dispatches | copies | ${batches.map((batch) => `B = ${batch}`).join(' | ')} |`);
  console.log(`| --- | ---: | ---: |${batches.map(() => ' ---: |').join('')}`);
  for (const { engine, commands, speeds } of rows) {
    const counts = commands ? `${commands.dispatches} | ${commands.copies}` : '– | –';
    console.log(`| ${engine} | ${counts} | ${batches.map((_, i) => speeds[i] ?? '–').join(' | ')} |`);
  }
  console.log(
    '\nWindows trained a second, float32; dispatches and copies of one update. –: too slow here, or no time left.',
  );
  process.exit(0);
}

function secondsOf(parameters: readonly string[]): number {
  const [given = '--seconds=4', ...others] = parameters;
  const value = Number(/^--seconds=(.+)$/.exec(given)?.[1]);
  if (others.length === 0 && value > 0) return value;
  throw new Error(`bench:gpu takes --seconds=NUMBER, seconds for each figure, default 4; got ${parameters.join(' ')}`);
}
