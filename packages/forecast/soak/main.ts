// Trains for an hour, or as long as one says, with captured updates, validation and checkpoints, prints what the process and
// the engine hold, and fails when that grows.
// Usage: pnpm -F @nt/forecast soak [--minutes=60] [--seconds-a-moment=60] [--updates=5000] [--width=64] [--threads=1]
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { growthOf, type HeldMoment, notFlat } from './growth.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    'seconds-a-moment': { type: 'string', default: '60' },
    updates: { type: 'string', default: '5000' },
    width: { type: 'string', default: '64' },
    threads: { type: 'string', default: '1' },
  },
});
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(2);
const line = (moment: HeldMoment): string =>
  `| ${moment.minutes.toFixed(1)} | ${moment.updates.toLocaleString('en')} | ${[moment.rss, moment.heap, moment.arrays, moment.engine, moment.engineReserved].map(megabytes).join(' | ')} | ${moment.tensors} |`;

console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)}, MB\n`);
console.log('| minutes | updates | rss | heap | arrays | engine in use | engine reserved | tensors |');
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const { moments, swollen, ...counts } = await soak({
  minutes: Number(values.minutes),
  secondsAMoment: Number(values['seconds-a-moment']),
  updatesAFit: Number(values.updates),
  hiddenSize: Number(values.width),
  threads: Number(values.threads),
  onMoment: (moment) => console.log(line(moment)),
});
console.log(`\n${JSON.stringify(counts)}; growth: ${JSON.stringify(growthOf(moments))}`);
const faults = [...notFlat(moments), ...swollen];
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'Flat.' : 'Not flat.');
process.exitCode = faults.length === 0 ? 0 : 1;
