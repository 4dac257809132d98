import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { chromium } from '../needs.ts';
import type { PageResult } from './page.ts';

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' };

/** A headless Chromium. */
export const launchChromium = (): Promise<Browser> => playwright.launch({ executablePath: chromium, args: flags });

/** Runs `check` of page.ts, without training where a policy is given, in a page of the site in `folder`, with or without cross-origin isolation. */
export async function checkInPage(
  browser: Browser,
  folder: string,
  options: { readonly isolated: boolean; readonly threads: number; readonly policy?: string },
): Promise<PageResult> {
  const page = await browser.newPage();
  try {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      const file = path.join(folder, pathname === '/' ? 'index.html' : pathname);
      if (!existsSync(file)) return route.fulfill({ status: 404 });
      const contentType = types[path.extname(file)] ?? 'application/octet-stream';
      return route.fulfill({
        contentType,
        body: await readFile(file),
        headers: {
          ...(options.isolated ? isolation : {}),
          ...(options.policy ? { 'Content-Security-Policy': options.policy } : {}),
        },
      });
    });
    await page.goto('https://nt.test/', { waitUntil: 'load' });
    if (errors.length > 0) throw new Error(`the page's script failed: ${errors.join('; ')}`);
    return await page.evaluate(
      ({ threads, brief }) =>
        (globalThis as unknown as { check(threads: number, brief: boolean): Promise<PageResult> }).check(
          threads,
          brief,
        ),
      { threads: options.threads, brief: options.policy !== undefined },
    );
  } finally {
    await page.close();
  }
}
