import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { meanAndSpread } from '../bench/accuracy-table.ts';

const bench = fileURLToPath(new URL('../bench/accuracy.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

it('the short accuracy bench: far better than the naive rules on a shipped series, and no fit is made twice', {
  timeout: 600_000,
}, () => {
  const rows = join(mkdtempSync(join(tmpdir(), 'nt-accuracy-')), 'rows.jsonl');
  const run = () =>
    spawnSync(
      process.execPath,
      ['--import', tsx, '--conditions=@nt/source', bench, '--short', '--ablation', `--rows=${rows}`],
      {
        encoding: 'utf8',
      },
    );
  const { stdout, stderr, status } = run();
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/^\| births \(1\) \| [\d.]+\/[\d.]+ \|/m);
  const [row] = readFileSync(rows, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const mae = (name: string): number => row.errors.find(({ method }: { method: string }) => method === name).values[1];
  expect(mae('blend')).toBeLessThan(0.75 * mae('seasonal naive'));
  expect(mae('blend')).toBeLessThan(0.4 * mae('naive'));
  // What validation blended of all members is what the blend says, where it is the answer.
  for (const [i, value] of row.ablation['all members'].entries()) {
    expect(value).toBeCloseTo(row.errors[0].values[i], 9);
  }
  expect(stdout).toMatch(/^\| ridge alone \| [\d.]+\/[\d.]+ \|$/m);
  expect(Math.abs(row.covered[80] - 0.8)).toBeLessThan(0.08);
  const again = run();
  expect(again.stdout).toBe(stdout);
  expect(again.stderr).not.toMatch(/births, seed 1 …/);
});

it('mean and spread of seeds', () => {
  expect(
    meanAndSpread([
      [1, 2],
      [3, 2],
    ]),
  ).toBe('2.0000/2.0000 ± 1.4142/0.0000');
  expect(meanAndSpread([[0.5]])).toBe('0.5000');
  expect(meanAndSpread([])).toBe('–');
});
