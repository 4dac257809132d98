import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batches, fitScaler, renderReport, splitByTime, windows } from '@nt/data';
import { readTable } from '@nt/data/node';

// A file as it comes: a date column, one missing hour.
const path = join(tmpdir(), 'prices.csv');
const hour = (step: number) => new Date(Date.UTC(2024, 0, 1, step)).toISOString().slice(0, 16);
const rows = Array.from({ length: 500 }, (_, step) => `${hour(step)},${100 + Math.sin(step / 4) + step / 50}`);
writeFileSync(path, `timestamp,close\n${rows.filter((_, step) => step !== 77).join('\n')}\n`);

const set = await readTable(path, { target: 'close', gaps: 'linear' });
for (const line of renderReport(set.report)) console.log(line);

const split = splitByTime(set, { validation: 0.1, test: 0.2 });
const scaler = fitScaler(set, { kind: 'standard', ranges: split.train });
const train = windows(scaler.transform(set), { inputSize: 48, horizon: 12, ranges: split.train });
const source = batches(train, { batchSize: 64, shuffle: true, seed: 1 });

for (const batch of source) {
  // Stop in mid-epoch: `source.state()` continues here in another process, bit for bit.
  if (source.position === 2) break;
  console.log(`${batch.size} windows, input [${batch.size}, 48], target [${batch.size}, 12]`);
}
console.log(JSON.stringify(source.state()));
//> prices.csv: 499 rows read, 0 rejected (csv)
//> columns: time timestamp; target close
//> 1 series of 500 time steps, frequency hour, 2024-01-01T00:00 to 2024-01-21T19:00
//> missing time steps: 1 in 1 series, first series 'close': 1 missing time step between 2024-01-04T04:00 and 2024-01-04T06:00 (frequency hour): inserted, filled linear
//> 64 windows, input [64, 48], target [64, 12]
//> {"format":"nt.batches","version":1,"windows":291,"inputSize":48,"horizon":12,"batchSize":64,"shuffle":true,"sampling":null,"augment":"","seed":1,"dropLast":false,"epoch":0,"position":2}
