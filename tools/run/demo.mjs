// The demo: the three main commands on real data, as a user would type them. Prints each before it runs it.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runNt } from './run-nt.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const data = 'apps/cli/examples/us-births.csv';
const size = '--horizon 28 --input-size 112 --hidden-size 64 --epochs 12 --batch-size 64 --lr 0.002';
const commands = [
  `train -d ${data} --target births ${size} --test-split 0.2 --overwrite -o demo-output/model`,
  'evaluate -m demo-output/model',
  'forecast -m demo-output/model -o demo-output/forecast.csv --plot demo-output/forecast.svg',
];

process.on('SIGINT', () => {}); // the command itself answers Ctrl-C
mkdirSync(new URL('../../demo-output', import.meta.url), { recursive: true });
for (const command of commands) {
  console.error(`\n$ nt ${command}`);
  const code = runNt(command.split(' '), root);
  if (code !== 0) process.exit(code);
}
console.error(
  '\nYour own file: npm run nt -- train -d FILE.csv --target COLUMN -o model   (options: npm run nt -- train --help)',
);
