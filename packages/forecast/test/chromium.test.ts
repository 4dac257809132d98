import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { type Browser, chromium as launcher, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FilesAsNumbers, forecastHere, type PageForecast, saveHere } from './model-page.ts';
import { chromium, needsChromium } from './needs.ts';
import { tolerances } from './tolerances.ts';

interface Here {
  saveHere(): Promise<FilesAsNumbers>;
  forecastHere(files: FilesAsNumbers, kernels: 'wasm' | 'js'): Promise<PageForecast>;
}

describe.runIf(needsChromium())('a model goes from Node into a page and back', { timeout: 120_000 }, () => {
  let browser: Browser;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { saveHere, forecastHere } from './model-page.ts'; Object.assign(globalThis, { saveHere, forecastHere });`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      conditions: ['@nt/source'],
      logLevel: 'silent',
    });
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html' });
      response.end(isScript ? outputFiles[0]!.text : '<!doctype html><script type="module" src="page.js"></script>');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await launcher.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'load' });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const savedInPage = (): Promise<FilesAsNumbers> => page.evaluate(() => (globalThis as unknown as Here).saveHere());
  const forecastInPage = (files: FilesAsNumbers, kernels: 'wasm' | 'js'): Promise<PageForecast> =>
    page.evaluate(([given, name]) => (globalThis as unknown as Here).forecastHere(given, name), [
      files,
      kernels,
    ] as const);

  it.each([
    ['Node', saveHere],
    ['Chromium', savedInPage],
  ])('saved in %s: the same bits on the same kernels here and there, and nearly those of others', async (_, save) => {
    const files = await save();
    const [here, there] = [await forecastHere(files, 'wasm'), await forecastInPage(files, 'wasm')];
    expect(here.values).toHaveLength(3 * 7);
    expect(here.values.every(Number.isFinite)).toBe(true);
    const near = ({ values }: PageForecast): void => {
      const largest = Math.max(...here.values.map(Math.abs));
      values.forEach((value, i) => {
        expect(Math.abs(value - here.values[i]!) / largest).toBeLessThan(tolerances.otherKernels);
      });
    };
    if (there.kernelSet === here.kernelSet) expect(there.values).toEqual(here.values);
    else near(there);
    const plain = await forecastInPage(files, 'js');
    expect(plain.kernelSet).toBe('js');
    near(plain);
    expect((await forecastHere(files, 'js')).values).toEqual(plain.values);
  });
});
