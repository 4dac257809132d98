import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium as launcher } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, needsChromium } from './needs.ts';

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

describe.runIf(needsChromium())('prefetchBatches in Chromium', () => {
  let browser: Browser;
  let server: Server;
  let site: string;

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { compareInPage } from './prefetch-page.ts'; globalThis.compareInPage = compareInPage;`,
        resolveDir: resolve(import.meta.dirname, 'support'),
      },
      bundle: true,
      write: false,
      minify: true,
      format: 'iife',
      platform: 'browser',
      conditions: ['@nt/source'],
      external: ['fzstd'],
      logLevel: 'silent',
    });
    server = createServer((request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html', ...(request.url === '/isolated' ? isolation : {}) });
      response.end(`<!doctype html><script>${outputFiles[0]!.text.replaceAll('</script', '<\\/script')}</script>`);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launcher.launch({ executablePath: chromium, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it.each([
    ['isolated', { same: true, batches: 30, code: null }],
    ['plain', { same: false, batches: 0, code: 'data/no-worker' }],
  ])('in a page that is %s', async (path, expected) => {
    const page = await browser.newPage();
    await page.goto(`${site}/${path}`);
    expect(await page.evaluate('compareInPage()')).toEqual(expected);
    await page.close();
  });
});
