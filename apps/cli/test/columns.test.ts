import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { digest, nt, startNt, temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();
const small = ['--horizon', '5', '--input-size', '10', '--hidden-size', '8', '--epochs', '1', '--patience', '0'];
const base = ['train', '-d', 'shops.csv', '--target', 'sales', '--id', 'shop', '--time', 'day', ...small];

/** Two shops of 150 days; the last five days of each are known ahead: a promotion, but no sales yet. */
function shops(skipped = -1): string {
  const rows = ['north', 'south'].flatMap((shop, s) =>
    Array.from({ length: 155 }, (_, t) => {
      const day = new Date(Date.UTC(2025, 0, 1 + t)).toISOString().slice(0, 10);
      const sales = t < 150 ? (10 + 5 * s + 3 * Math.sin(t) + (t % 9 === 0 ? 4 : 0)).toFixed(3) : '';
      return `${day},2020-01-01,${shop},${sales},${t < 150 ? Math.cos(t / 3).toFixed(3) : ''},${t % 9 === 0 ? 1 : 0},${s + 1}`;
    }).filter((_, t) => t !== skipped),
  );
  return `${['day,opened,shop,sales,warmth,promotion,size', ...rows].join('\n')}\n`;
}

const weights = (model: string): string => digest(join(folder, model, 'model.safetensors'));
const bytes = (model: string): number => readFileSync(join(folder, model, 'model.safetensors')).length;

beforeAll(async () => {
  writeFileSync(join(folder, 'shops.csv'), shops().replaceAll(/^.*,,,.*\n/gm, ''));
  writeFileSync(join(folder, 'ahead.csv'), shops());
  writeFileSync(join(folder, 'gap.csv'), shops(40).replaceAll(/^.*,,,.*\n/gm, ''));
  const { code, stderr } = await nt(folder, ...base, '-o', 'plain');
  expect(stderr.includes('error:') ? stderr : '').toBe('');
  expect(stderr).toMatch(/time day; id shop; target sales/);
  expect(code).toBe(0);
});

it('--id trains one model on several series and forecasts each', async () => {
  const { stdout } = await nt(folder, 'forecast', '-m', 'plain', '--quiet');
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toBe('unique_id,ds,sales');
  expect(lines.filter((line) => line.startsWith('north,'))).toHaveLength(5);
  expect(lines.filter((line) => line.startsWith('south,'))).toHaveLength(5);
});

it('--scaler-scope global gives all series one scale', async () => {
  expect((await nt(folder, ...base, '--scaler-scope', 'global', '-o', 'scope')).code).toBe(0);
  expect(weights('scope')).not.toBe(weights('plain'));
});

it('--series chooses the one that is drawn', async () => {
  await nt(folder, 'forecast', '-m', 'plain', '--plot', 'south.svg', '--series', 'south', '--quiet');
  expect(readFileSync(join(folder, 'south.svg'), 'utf8')).toContain('sales of south');
  const wrong = await nt(folder, 'forecast', '-m', 'plain', '--plot', 'x.svg', '--series', 'sout');
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/south/);
});

it.each([
  ['--historic', 'warmth'],
  ['--static', 'size'],
])('%s %s is an input of the network', async (flag, column) => {
  const { code } = await nt(folder, ...base, flag, column, '-o', column);
  expect(code).toBe(0);
  expect(bytes(column)).toBeGreaterThan(bytes('plain'));
  // The model knows its columns, also without the file of the run.
  rmSync(join(folder, column, 'run.json'));
  const forecast = await nt(folder, 'forecast', '-m', column, '-d', 'shops.csv', '--quiet');
  expect([forecast.code, forecast.stderr]).toEqual([0, '']);
});

it('--future is an input, and its rows after the last sales change the forecast', async () => {
  const train = await nt(folder, ...base, '-d', 'ahead.csv', '--future', 'promotion', '-o', 'ahead');
  expect(train.stderr.includes('error:') ? train.stderr : '').toBe('');
  expect(bytes('ahead')).toBeGreaterThan(bytes('plain'));
  const forecast = (file: string) => nt(folder, 'forecast', '-m', 'ahead', '-d', file, '--quiet');
  writeFileSync(
    join(folder, 'promoted.csv'),
    readFileSync(join(folder, 'ahead.csv'), 'utf8').replaceAll(/(,,,?)0(,\d)$/gm, '$11$2'),
  );
  const [as, otherwise] = [await forecast('ahead.csv'), await forecast('promoted.csv')];
  expect([as.code, otherwise.code]).toEqual([0, 0]);
  expect(as.stdout).not.toBe(otherwise.stdout);
});

it('--gaps says what to do about a missing day; without it that is an error', async () => {
  const refused = await nt(folder, ...base, '-d', 'gap.csv', '-o', 'gap');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/between 2025-02-09 and 2025-02-11.*--gaps rowOrder/);
  expect((await nt(folder, ...base, '-d', 'gap.csv', '--gaps', 'linear', '-o', 'gap')).code).toBe(0);
  expect(weights('gap')).not.toBe(weights('plain'));
});

it('--checkpoint-dir holds the checkpoints while it trains, and nothing after a finished run', async () => {
  const elsewhere = join(folder, 'elsewhere');
  const run = startNt(
    folder,
    ...base,
    '--epochs',
    '20',
    '--checkpoint-every',
    '1',
    '--checkpoint-dir',
    'elsewhere',
    '-o',
    'kept',
  );
  const seen = new Set<string>();
  const look = setInterval(() => {
    if (existsSync(elsewhere)) for (const name of readdirSync(elsewhere)) seen.add(name);
  }, 1);
  const { code } = await run.ended;
  clearInterval(look);
  expect(code).toBe(0);
  expect([...seen].some((name) => /^\d+-update-\d+$/.test(name))).toBe(true);
  expect(existsSync(elsewhere)).toBe(false);
  expect(existsSync(join(folder, 'kept', 'checkpoints'))).toBe(false);
});
