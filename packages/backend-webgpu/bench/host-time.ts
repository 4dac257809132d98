import { create, globals } from 'webgpu';
import { createWebgpuBackend } from '../src/index.ts';
import { countCommands, type DeviceCommands } from './count-commands.ts';
import { defaultNetwork, smallNetwork, trainNhits } from './train-nhits.ts';

/**
 * What an update costs the host, with and without recordings, in turns: on Dawn's null backend, whose device computes
 * nothing, so that processor time is the host's alone. `node --import tsx --conditions=@nt/source bench/host-time.ts [turns]`
 */
const turns = Number(process.argv[2] ?? 3);
const [warmUp, measured] = [60, 200];

Object.assign(globalThis, globals);
const gpu = create(['backend=null']);
const host = globalThis as { navigator?: object };
if (host.navigator) Object.defineProperty(host.navigator, 'gpu', { value: gpu, configurable: true });
else Object.assign(globalThis, { navigator: { gpu } });

const backend = await createWebgpuBackend({ allowSoftware: true });
const counts = countCommands();

/** Milliseconds of processor time, and commands, of an update. */
async function measure(network: typeof smallNetwork, capture: 'auto' | false): Promise<Record<string, number>> {
  let update = 0;
  let from = { cpu: process.cpuUsage(), counts: { ...counts } };
  const training = { network, batch: 256, updates: warmUp + measured, distinct: 4 };
  await trainNhits(backend, training, { capture }, () => {
    if (++update === warmUp) from = { cpu: process.cpuUsage(), counts: { ...counts } };
  });
  const { user, system } = process.cpuUsage(from.cpu);
  const each = Object.fromEntries(
    (Object.keys(counts) as (keyof DeviceCommands)[]).map((name) => [
      name,
      Math.round((10 * (counts[name] - from.counts[name])) / measured) / 10,
    ]),
  );
  return { milliseconds: (user + system) / 1000 / measured, ...each };
}

for (let turn = 0; turn < turns; turn++)
  for (const [name, network] of Object.entries({ small: smallNetwork, default: defaultNetwork }))
    for (const capture of [false, 'auto'] as const)
      console.log(JSON.stringify({ name, capture, ...(await measure(network, capture)) }));
await backend.dispose();
process.exit();
