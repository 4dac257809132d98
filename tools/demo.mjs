// The demo: the three main commands on real data, as a user would type them. Prints each before it runs it.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url));
// Node 20 cannot run TypeScript itself; tsx comes with the CLI's own packages, which is all that the demo installs.
const tsx = pathToFileURL(createRequire(main).resolve('tsx')).href;

const data = 'apps/cli/examples/us-births.csv';
const size = '--horizon 28 --input-size 112 --hidden-size 64 --epochs 12 --batch-size 64 --lr 0.002';
const commands = [
  `train -d ${data} --target births ${size} --test-split 0.2 --overwrite -o demo-output/model`,
  'evaluate -m demo-output/model',
  'forecast -m demo-output/model -o demo-output/forecast.csv --plot demo-output/forecast.svg',
];

mkdirSync(new URL('../demo-output', import.meta.url), { recursive: true });
for (const command of commands) {
  console.error(`\n$ nt ${command}`);
  const { status, signal } = spawnSync(
    process.execPath,
    ['--conditions=@nt/source', '--import', tsx, main, ...command.split(' ')],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}
console.error('\nYour own file: npm run nt -- train -d FILE.csv --target COLUMN -o model   (npm run nt -- --help)');
