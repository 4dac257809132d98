import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { forecastOf } from './forecast-of.ts';
import { needsChromium } from './needs.ts';
import { type Host, serveSite } from './site.ts';
import {
  accessProblems,
  downloaded,
  fillPlan,
  launchChromium,
  modelIn,
  openSample,
  small,
  train,
  upload,
  type Visit,
  visit,
} from './visitor.ts';
import { watchPage } from './watch-page.ts';

describe.runIf(needsChromium())('the playground', () => {
  const folder = inject('site');
  let host: Host;
  let browser: Browser;
  beforeAll(async () => {
    host = await serveSite(folder, true);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
  });

  /** A visitor of her own, gone at the end; the page must have nothing to complain about. */
  const visitor = async (
    work: (visit: Visit, context: BrowserContext) => Promise<void>,
    as: BrowserContextOptions = {},
  ) => {
    const context = await browser.newContext(as);
    try {
      const opened = await visit(context, host.url);
      await work(opened, context);
      expect(opened.complaints).toEqual([]);
      expect(opened.strangers).toEqual([]);
    } finally {
      await context.close();
    }
  };
  it('loads no more than 600 kB of scripts at first', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const files = new Set<string>();
    page.on('response', (response) => files.add(response.url().slice(host.url.length)));
    await page.goto(host.url);
    await openSample(page, /births/);
    await page.locator('#train').click();
    await page.locator('#training-status', { hasText: 'Training' }).waitFor();
    await context.close();
    const scripts = [...files].filter((file) => /\.(js|wasm|css)$/.test(file));
    expect(scripts.some((file) => file.includes('worker'))).toBe(true);
    const bytes = scripts.map((file) => gzipSync(readFileSync(join(folder, file))).length);
    expect(bytes.reduce((sum, each) => sum + each)).toBeLessThan(600_000);
  });

  it('trains on a sample to a forecast better than the naive one, without a network; nothing moves, nothing blocks', async () => {
    await visitor(async ({ page, ...rest }, context) => {
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
      await page.reload();
      await context.setOffline(true);
      await openSample(page, /births/);
      await page.locator('#horizon').fill('7');
      await page.locator('#train').click();
      await page.locator('#training-status', { hasText: 'Training' }).waitFor();
      const watch = await watchPage(page);
      await page.locator('#training-status', { hasText: 'Completed' }).waitFor({ timeout: 300_000 });
      const { shifts, tasks } = await watch.end();
      expect(shifts).toEqual([]);
      expect(tasks.length).toBeGreaterThan(10);
      expect(Math.max(...tasks)).toBeLessThan(50);
      await page.locator('#home').waitFor();
      const rows = await page.locator('#leaderboard tbody tr').allTextContents();
      const place = (method: RegExp): number => rows.findIndex((row) => method.test(row));
      expect(place(/^nhits/)).toBeLessThan(place(/^naive/));
      expect(await page.locator('#verdict').textContent()).toMatch(/^(Better|Unclear): nhits.* less error/);
      expect(await page.locator('#engine-text').textContent()).toMatch(/wasm.*thread.*You chose the CPU/);
      expect(await page.locator('#command').textContent()).toContain('--horizon 7 --seed 1 --input-size 56');
      expect(await page.locator('#fan-chart canvas').count()).toBe(1);
      expect(await accessProblems(page)).toEqual([]);
      const csv = new TextDecoder().decode(await downloaded(page, '#save-forecast'));
      const { zip } = await modelIn(page);
      await checkAgainstNode(csv, zip);
      await page.locator('#coverage table').evaluate((table) => table.classList.add('of-training'));
      await page.locator('#open-model').evaluate((details) => details.toggleAttribute('open', true));
      await page
        .locator('#model-file')
        .setInputFiles({ name: 'model.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) });
      // A model is saved with its intervals.
      await expect.poll(() => page.locator('#coverage table:not(.of-training)').count()).toBe(1);
      expect(rest.strangers).toEqual([]);
    });
  });

  it('says why a file cannot be read, at the place, and offers the ways out; names and cells never become HTML', async () => {
    await visitor(async ({ page }) => {
      const hostile = '<img src=x onerror="hacked=1">';
      const lines = Array.from({ length: 200 }, (_, day) => {
        const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
        return ['a', hostile]
          .map((id) => `${date},"${id.replaceAll('"', '""')}",${100 + (day % 7) + day / 9}`)
          .join('\n');
      });
      lines[42] = lines[42]!.replace(/[^,]*$/, hostile.replaceAll('"', "'"));
      await upload(page, `${hostile}.csv`, `date,id,"sales ${hostile.replaceAll('"', '""')}"\n${lines.join('\n')}\n`);
      const problem = page.locator('#data-problem');
      await problem.getByText("column 'sales").first().waitFor();
      expect(await page.locator('#data-problem .faulty').textContent()).toContain('<img src=x');
      expect(await page.locator('#plan').isVisible()).toBe(false);
      expect(await accessProblems(page)).toEqual([]);
      await problem.getByRole('button', { name: 'Rows that cannot be read: reject' }).click();
      await problem.getByRole('button', { name: 'Column of series names: id' }).click();
      await problem.getByRole('button', { name: 'Missing time steps: linear' }).click();
      await fillPlan(page, { ...small, horizon: '500' });
      expect(await page.locator('#data-report').textContent()).toMatch(/1 rejected/);
      await page.locator('#train').click();
      await expect.poll(() => page.locator('#plan-problem').textContent()).toMatch(/needs 556/);
      await fillPlan(page, { ...small, epochs: '1' });
      await train(page);
      await page.locator('#series').selectOption({ index: 1 });
      for (const details of await page.locator('details').all())
        await details.evaluate((one) => one.toggleAttribute('open', true));
      await page.locator('#folds').fill('1');
      await page.locator('#backtest-start').click();
      await expect
        .poll(() => page.locator('#backtest-status').textContent(), { timeout: 200_000 })
        .toBe('1 folds are done.');
      expect(await page.locator('main').textContent()).toContain(hostile);
      const report = new TextDecoder().decode(await downloaded(page, '#save-report'));
      expect(report).not.toContain('<img src=x');
      for (const picture of ['forecast', 'losses', 'errors', 'backtest'])
        expect([...(await downloaded(page, `#save-${picture}-png`)).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
      expect(await accessProblems(page)).toEqual([]);
    });
  });

  it('pauses, resumes, and goes on after a reload to the bits of a training without either', async () => {
    // Much of it must be left when the page is loaded again, however late the test sees how far it is.
    const longer = { ...small, epochs: '20' };
    let expected = '';
    await visitor(async (one) => {
      await openSample(one.page, /births/, longer);
      await train(one.page);
      expected = (await modelIn(one.page)).weights;
    });
    await visitor(async (one) => {
      const { page } = one;
      const update = async (): Promise<number> =>
        Number.parseInt((await page.locator('#figures dd').nth(1).textContent()) ?? '0', 10);
      await openSample(page, /births/, longer);
      await page.locator('#train').click();
      // Figures are drawn four times a second: no number is sure to be seen.
      await expect.poll(update, { interval: 20, timeout: 200_000 }).toBeGreaterThan(5);
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.locator('#training-status', { hasText: 'Paused' }).waitFor();
      const at = await update();
      await page.getByRole('button', { name: 'Resume' }).click();
      await expect.poll(update, { interval: 20, timeout: 200_000 }).toBeGreaterThan(Math.max(at, 110));
      await page.reload();
      await page.locator('#kept').waitFor();
      expect(await page.locator('#kept-text').textContent()).toMatch(/us-births\.csv.* update [1-9]/);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.locator('#home').waitFor({ timeout: 300_000 });
      const { weights, state } = await modelIn(page);
      expect(JSON.parse(state).training.result.updates).toBeGreaterThan(110);
      expect(weights).toBe(expected);
      await page.reload();
      await page.locator('#samples button').first().waitFor();
      await openSample(page, /Oil/);
      expect(await page.locator('#kept').isVisible()).toBe(false);
    });
  });

  it('fits a phone in the dark, and a host without headers gets threads on the second visit', async () => {
    const plain = await serveSite(folder, false);
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    try {
      const one = await visit(context, plain.url);
      expect(await one.page.evaluate('crossOriginIsolated')).toBe(false);
      await one.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
      await one.page.reload();
      expect(await one.page.evaluate('crossOriginIsolated')).toBe(true);
      await openSample(one.page, /Oil/, { ...small, epochs: '1' });
      await train(one.page);
      expect(await one.page.locator('#engine-text').textContent()).toMatch(/2 thread|[3-8] thread/);
      expect(await accessProblems(one.page)).toEqual([]);
      expect(await one.page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(one.complaints).toEqual([]);
    } finally {
      await context.close();
      plain.close();
    }
  });

  async function checkAgainstNode(csv: string, zip: Uint8Array): Promise<void> {
    const [header, ...rows] = csv
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(header).toEqual([
      'ds',
      'births',
      ...[95, 80, 50].map((level) => `births-lo-${level}`),
      ...[50, 80, 95].map((level) => `births-hi-${level}`),
    ]);
    const values = await forecastOf(zip, new URL('../samples/us-births.csv', import.meta.url));
    expect(rows).toHaveLength(values.length);
    for (const [step, row] of rows.entries()) expect(Math.abs(Number(row[1]) / values[step]! - 1)).toBeLessThan(1e-5);
  }
});
