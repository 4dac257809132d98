import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportPage } from '@nt/report';
import axe from 'axe-core';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, needsChromium } from './needs.ts';
import { wholeReport } from './whole-report.ts';

const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
const hostile =
  '<script>document.title = "hacked"</script><img src="https://example.invalid/x" onerror="document.title=1">';

describe.runIf(needsChromium())('the page in a browser', () => {
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'nt-report-')), 'report.html');
    const report = await wholeReport();
    writeFileSync(path, reportPage({ ...report, title: `${report.title} ${hostile}`, target: hostile }));
    url = pathToFileURL(path).href;
    browser = await playwright.launch({ executablePath: chromium, args: quiet });
  });
  afterAll(() => browser?.close());

  describe.each([
    ['a screen', 1280],
    ['a phone', 390],
  ])('on %s', (_, width) => {
    it.each(['light', 'dark'] as const)(
      'by %s colours: nothing for axe to say, nothing over the edge, no letters on others',
      async (colorScheme) => {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
        try {
          const page = await context.newPage();
          await page.goto(url);
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
          expect(await accessProblems(page)).toEqual([]);
          const { letters, overlaps } = await labels(page);
          expect(letters.length).toBeGreaterThan(50);
          expect(Math.min(...letters)).toBeGreaterThan(10);
          expect(overlaps).toEqual([]);
        } finally {
          await context.close();
        }
      },
    );
  });

  it.each([320, 600, 780, 1000])('at %i pixels: nothing over the edge, no letters on others', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(url);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const { letters, overlaps } = await labels(page);
    expect(Math.min(...letters)).toBeGreaterThan(9);
    expect(overlaps).toEqual([]);
    await page.close();
  });

  it('asks nobody for anything, runs nothing, has nothing to complain about', async () => {
    const page = await browser.newPage();
    const heard: string[] = [];
    page.on('request', (request) => request.url() === url || request.url() === 'data:,' || heard.push(request.url()));
    page.on('console', (message) => heard.push(message.text()));
    await page.goto(url);
    expect(await page.title()).toContain('<script>');
    expect(await page.locator('script, img, iframe, object').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toContain(hostile);
    expect(heard).toEqual([]);
    await page.close();
  });

  it('prints the wide pictures, and nothing that scrolls', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    await page.emulateMedia({ media: 'print' });
    await page.goto(url);
    expect(await page.locator('.wide').first().isVisible()).toBe(true);
    expect(await page.locator('.narrow').first().isVisible()).toBe(false);
    expect(await page.locator('nav').isVisible()).toBe(false);
    await page.close();
  });
});

async function accessProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  });
}

/** Sizes of the letters in pictures, as they are seen, and labels that touch each other. */
function labels(page: Page): Promise<{ readonly letters: readonly number[]; readonly overlaps: readonly string[] }> {
  return page.evaluate(`(() => {
    const letters = [], overlaps = [];
    for (const svg of document.querySelectorAll('figure svg')) {
      if (svg.getClientRects().length === 0) continue;
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const texts = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
      for (const { text, box } of texts) {
        letters.push(12 * scale);
        const edge = svg.getBoundingClientRect();
        if (box.left < edge.left - 1 || box.right > edge.right + 1) overlaps.push(text + ' leaves the picture');
      }
      texts.forEach((one, i) => texts.slice(i + 1).forEach((two) => {
        const apart = one.box.right <= two.box.left || two.box.right <= one.box.left || one.box.bottom <= two.box.top + 2 || two.box.bottom <= one.box.top + 2;
        if (!apart) overlaps.push(one.text + ' | ' + two.text);
      }));
    }
    return { letters, overlaps };
  })()`);
}
