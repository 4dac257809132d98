import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { needsChromium } from './needs.ts';
import { nt, runProgram } from './nt.ts';
import { type Host, serveSite } from './site.ts';
import { unpack } from './unpack.ts';
import { downloaded, fillPlan, launchChromium, train, upload, visit } from './visitor.ts';

/** 400 days with a week in them, and what no line can tell: networks get a share of the blend. */
function weekCsv(): string {
  let state = 0.3;
  const rows = Array.from({ length: 400 }, (_, day) => {
    state = 3.8 * state * (1 - state);
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${(100 + 25 * Math.sin((2 * Math.PI * day) / 7) + 40 * state).toFixed(3)}`;
  });
  return `date,my sales\n${rows.join('\n')}\n`;
}

describe.runIf(needsChromium())('what was made in the page and what the command made are one', () => {
  const csv = weekCsv();
  const file = 'week of sales.csv';
  let host: Host;
  let browser: Browser;
  let folder: string;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    host = await serveSite(inject('site'), true);
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), 'nt-home-'));
    writeFileSync(join(folder, file), csv);
    // For the snippet's imports.
    symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'));
    context = await browser.newContext();
    ({ page } = await visit(context, host.url));
    await upload(page, file, csv);
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  const text = async (id: string): Promise<string> => (await page.locator(id).textContent())!;
  /** Columns of the page's forecast. */
  const forecast = async (): Promise<number[][]> =>
    numbersOf(new TextDecoder().decode(await downloaded(page, '#save-forecast')));
  const weights = (of: Readonly<Record<string, Uint8Array>>): string[] =>
    Object.keys(of)
      .filter((name) => name.endsWith('.safetensors'))
      .sort()
      .map((name) => digest(of[name]!));
  const weightsIn = (path: string): string[] =>
    readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.safetensors'))
      .sort()
      .map((name) => digest(readFileSync(join(path, name))));

  it('a blend: the command that the page shows gives it, and each uses the other’s model', async () => {
    await page.locator('#plan').waitFor();
    await page.locator('#engine').selectOption('cpu');
    await page.locator('#horizon').fill('7');
    await train(page);
    expect(await text('#members')).toMatch(/nhits.*\d %/);
    const ours = await forecast();
    const zip = unzipSync(await downloaded(page, '#save-model'));
    unpack(zip, join(folder, 'from-page'));
    const used = await nt(folder, `nt forecast -m from-page/model -d "${file}" --levels 50,80,95`);
    expect(numbersOf(used)).toEqual(near(ours));

    const command = await text('#command');
    expect(command).toContain('--preset fast --horizon 7 --seed 1');
    await nt(folder, command);
    // Ridges are solved by the JavaScript engine, whose versions round differently, and networks begin at them.
    const theirs = numbersOf(await nt(folder, `nt forecast -m model -d "${file}" --levels 50,80,95`));
    expect(distance(theirs, ours)).toBeLessThan(blendTolerance);

    await page.reload();
    await upload(page, file, csv);
    await page.locator('#plan').waitFor();
    await page.locator('#engine').selectOption('cpu');
    await page.locator('#open-model summary').click();
    await page.locator('#model-folder').setInputFiles(join(folder, 'model'));
    await page.locator('#home').waitFor();
    expect(await forecast()).toEqual(near(theirs));
    expect(await text('#parts')).toMatch(/stack 1.*stack 3/s);
    // What is shown is the command now that uses it.
    expect(numbersOf(await nt(folder, await text('#command')))).toEqual(near(theirs));
    const report = new TextDecoder().decode(await downloaded(page, '#save-report'));
    expect(report).toMatch(/<h2[^>]*>Forecast<.*<h2[^>]*>Compared with.*<h2[^>]*>What the forecast is made of/s);
  });

  it('one network: the command gives its weights, the program its intervals as well', async () => {
    await fillPlan(page, { horizon: '7', 'input-size': '28', epochs: '3', 'hidden-size': '16', seed: '5' });
    await train(page);
    const ours = await forecast();
    const zip = unzipSync(await downloaded(page, '#save-model'));
    rmSync(join(folder, 'model'), { recursive: true, force: true });
    await nt(folder, await text('#command'));
    expect(weightsIn(join(folder, 'model'))).toEqual(weights(zip));
    rmSync(join(folder, 'model'), { recursive: true });
    writeFileSync(join(folder, 'snippet.mts'), await text('#snippet'));
    const told = await runProgram('snippet.mts', folder);
    expect(told).toContain('seasonal naive');
    expect(weightsIn(join(folder, 'model'))).toEqual(weights(zip));
    const used = await nt(folder, `nt forecast -m model -d "${file}" --levels 50,80,95`);
    expect(numbersOf(used)).toEqual(near(ours));
  });

  it('a folder without a model says so', async () => {
    await page
      .locator('#model-file')
      .setInputFiles({ name: 'no.zip', mimeType: 'application/zip', buffer: Buffer.from('no') });
    await expect.poll(() => text('#model-problem')).toMatch(/zip/);
  });
});

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The numbers of a CSV of forecasts. */
const numbersOf = (csv: string): number[][] =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(1).map(Number));

/** Of forecasts by blends that were trained in two engines, relative to the value. */
const blendTolerance = 0.02;

/** The largest, relative. */
const distance = (some: readonly number[][], others: readonly number[][]): number =>
  Math.max(...some.flatMap((row, r) => row.map((value, c) => Math.abs(value / others[r]![c]! - 1))));

/** Other code than the browser's reads them out: to five digits. */
const near = (rows: readonly number[][]): unknown[] =>
  rows.map((row) => row.map((value) => expect.closeTo(value, 5 - Math.ceil(Math.log10(Math.abs(value))))));
