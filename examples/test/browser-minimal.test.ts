import { fileURLToPath } from 'node:url';
import { type Browser, chromium as launcher } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, needsChromium } from './needs.ts';

const days = Array.from({ length: 300 }, (_, day) => {
  const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  return `${date},${(100 + 25 * Math.sin((2 * Math.PI * day) / 7) + Math.sin(day ** 2)).toFixed(2)}`;
});

describe.runIf(needsChromium())('browser-minimal', () => {
  let server: ViteDevServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await createServer({
      root: fileURLToPath(new URL('../browser-minimal', import.meta.url)),
      configFile: false,
      logLevel: 'silent',
      resolve: { conditions: ['@nt/source', 'module', 'browser', 'development|production'] },
      worker: { format: 'es' },
      server: { host: '127.0.0.1', port: 0, watch: null, hmr: false },
      cacheDir: fileURLToPath(new URL('../node_modules/.vite-minimal', import.meta.url)),
    });
    await server.listen();
    browser = await launcher.launch({ executablePath: chromium, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('trains on the file that was chosen, and shows the forecast', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(server.resolvedUrls!.local[0]!);
    await choose(page, `date,sales\n${days.join('\n')}\n`);
    await page.getByText(/^done: /).waitFor({ timeout: 90_000 });
    expect(await page.locator('#forecast').textContent()).toMatch(/^2026-10-28 {2}\d+\.\d\n/);
    expect(complaints).toEqual([]);
  });

  it('says what is wrong with a file', async () => {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls!.local[0]!);
    await choose(page, 'date,sales\n2026-01-01,many\n');
    await page
      .locator('#state')
      .getByText(/sales/)
      .or(page.getByText(/sales.*number/))
      .first()
      .waitFor();
  });
});

type Page = Awaited<ReturnType<Browser['newPage']>>;

async function choose(page: Page, text: string): Promise<void> {
  await page.locator('#file').setInputFiles({ name: 'sales.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
}
