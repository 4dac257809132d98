import path from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium as playwright } from 'playwright-core';
import { chromium } from '../needs.ts';
import type { PageResult } from './page.ts';

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const html = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/** The page's script as an app's bundler would make it, with no configuration for workers or WASM. */
async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['@nt/source'],
    logLevel: 'warning',
  });
  return outputFiles[0]!.text;
}

/** Runs `check` in headless Chromium, in a page with or without cross-origin isolation. */
export async function checkInChromium(isolated: boolean, threads: number): Promise<PageResult> {
  const script = await bundlePage();
  const browser: Browser = await playwright.launch({ executablePath: chromium, args: flags });
  try {
    const page = await browser.newPage();
    await page.route('**/*', (route) => {
      const isScript = route.request().url().endsWith('/page.js');
      const headers = isolated ? isolation : {};
      return route.fulfill(
        isScript
          ? { contentType: 'text/javascript', body: script, headers }
          : { contentType: 'text/html', body: html, headers },
      );
    });
    await page.goto('https://nt.test/');
    return await page.evaluate(
      (count) => (globalThis as unknown as { check(threads: number): Promise<PageResult> }).check(count),
      threads,
    );
  } finally {
    await browser.close();
  }
}
