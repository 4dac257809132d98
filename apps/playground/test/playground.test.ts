import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forecastOf } from './forecast-of.ts';
import { needsChromium } from './needs.ts';
import { buildSite, type Host, serveSite } from './site.ts';
import {
  accessProblems,
  downloaded,
  launchChromium,
  modelIn,
  openSample,
  small,
  type Visit,
  visit,
} from './visitor.ts';

describe.runIf(needsChromium())('the playground', () => {
  let folder: string;
  let host: Host;
  let browser: Browser;
  beforeAll(async () => {
    folder = await buildSite();
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
  const train = async ({ page }: Visit): Promise<void> => {
    await page.locator('#train').click();
    await page.locator('#leaderboard table').waitFor({ timeout: 60_000 });
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

  it('trains on a sample to a forecast better than the naive one, without a network, and nothing moves meanwhile', async () => {
    await visitor(async ({ page, ...rest }, context) => {
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
      await page.reload();
      await context.setOffline(true);
      await openSample(page, /births/);
      await page.locator('#horizon').fill('7');
      await page.locator('#train').click();
      await page.locator('#training-status', { hasText: 'Training' }).waitFor();
      await page.evaluate(() => {
        const shifts: { readonly at: number; readonly what: string }[] = [];
        // Then the results appear, and what is below them makes room.
        let end = Infinity;
        const status = document.querySelector('#training-status')!;
        new MutationObserver(() => {
          if (end === Infinity && status.textContent!.includes('Completed')) end = performance.now();
        }).observe(status, { childList: true, characterData: true, subtree: true });
        const meanwhile = (): string[] => shifts.filter(({ at }) => at < end).map(({ what }) => what);
        Object.assign(globalThis, { meanwhile });
        new PerformanceObserver((list) => {
          type Shift = { readonly sources: readonly { readonly node: Element | null }[] };
          for (const entry of list.getEntries())
            for (const { node } of (entry as unknown as Shift).sources)
              shifts.push({
                at: entry.startTime,
                what: `${node?.id || node?.className || node?.nodeName}: ${node?.textContent?.slice(0, 60)}`,
              });
        }).observe({ type: 'layout-shift' });
      });
      await page.locator('#training-status', { hasText: 'Completed' }).waitFor({ timeout: 60_000 });
      expect(await page.evaluate('meanwhile()')).toEqual([]);
      await page.locator('#leaderboard table').waitFor();
      const rows = await page.locator('#leaderboard tbody tr').allTextContents();
      const place = (method: RegExp): number => rows.findIndex((row) => method.test(row));
      expect(place(/^nhits/)).toBeLessThan(place(/^naive/));
      expect(await page.locator('#verdict').textContent()).toMatch(/^(Better|Unclear): nhits.* less error/);
      expect(await page.locator('#engine-text').textContent()).toMatch(/wasm.*thread.*You chose the CPU/);
      expect(await page.locator('#command').textContent()).toContain('--horizon 7 --input-size 56');
      expect(await page.locator('#fan-chart canvas').count()).toBe(1);
      expect(await accessProblems(page)).toEqual([]);
      const csv = new TextDecoder().decode(await downloaded(page, '#save-forecast'));
      const { zip } = await modelIn(page);
      await checkAgainstNode(csv, zip);
      await page.locator('#coverage table').evaluate((table) => table.classList.add('of-training'));
      await page
        .locator('#model-file')
        .setInputFiles({ name: 'model.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) });
      // A model is saved with its intervals.
      await expect.poll(() => page.locator('#coverage table:not(.of-training)').count()).toBe(1);
      expect(rest.strangers).toEqual([]);
    });
  });

  it('says why a file cannot be read, at the place, and offers the ways out', async () => {
    await visitor(async ({ page }) => {
      const lines = Array.from({ length: 200 }, (_, day) => {
        const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
        return `${date},${100 + (day % 7)}`;
      });
      lines[42] = lines[42]!.replace(/,.*/, ',<img src=x onerror="hacked=1">');
      const upload = (name: string) =>
        page
          .locator('#file')
          .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(`date,sales\n${lines.join('\n')}\n`) });
      await upload('<img src=x onerror="hacked=1">.csv');
      const problem = page.locator('#data-problem');
      await problem.getByText("column 'sales'").first().waitFor();
      expect(await page.locator('#data-problem .faulty').textContent()).toContain('<img src=x');
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
      expect(await page.locator('#plan').isVisible()).toBe(false);
      expect(await accessProblems(page)).toEqual([]);
      await problem.getByRole('button', { name: 'badRows: reject' }).click();
      await problem.getByRole('button', { name: 'gaps: linear' }).click();
      await page.locator('#plan').waitFor();
      expect(await page.locator('#data-report').textContent()).toMatch(/1 rejected/);
      await page.locator('#horizon').fill('500');
      await page.locator('#train').click();
      await expect.poll(() => page.locator('#plan-problem').textContent()).toMatch(/needs 556/);
    });
  });

  it('pauses, resumes, and goes on after a reload to the bits of a training without either', async () => {
    const longer = { ...small, epochs: '5' };
    let expected = '';
    await visitor(async (one) => {
      await openSample(one.page, /births/, longer);
      await train(one);
      expected = (await modelIn(one.page)).weights;
    });
    await visitor(async (one) => {
      const { page } = one;
      const update = async (): Promise<number> =>
        Number.parseInt((await page.locator('#figures dd').first().textContent()) ?? '0', 10);
      await openSample(page, /births/, longer);
      await page.locator('#train').click();
      // Figures are drawn four times a second: no number is sure to be seen.
      await expect.poll(update, { interval: 20, timeout: 30_000 }).toBeGreaterThan(5);
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.locator('#training-status', { hasText: 'Paused' }).waitFor();
      const at = await update();
      await page.getByRole('button', { name: 'Resume' }).click();
      await expect.poll(update, { interval: 20, timeout: 30_000 }).toBeGreaterThan(Math.max(at, 110));
      await page.reload();
      await page.locator('#kept').waitFor();
      expect(await page.locator('#kept-text').textContent()).toMatch(/us-births\.csv.* update [1-9]/);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.locator('#leaderboard table').waitFor({ timeout: 60_000 });
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
      await train(one);
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
      'unique_id',
      'ds',
      'births',
      ...[50, 80, 95].flatMap((level) => [`births-lo-${level}`, `births-hi-${level}`]),
    ]);
    const values = await forecastOf(zip, new URL('../samples/us-births.csv', import.meta.url));
    expect(rows).toHaveLength(values.length);
    for (const [step, row] of rows.entries()) expect(Math.abs(Number(row[2]) / values[step]! - 1)).toBeLessThan(1e-5);
  }
});
