import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type BrowserContext, type Page, chromium as playwright } from 'playwright-core';
import { chromium } from '../needs.ts';
import type { InPage } from './page.ts';

/** The bundle of `page.ts`, as an app's bundler would make it. */
export async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['@nt/source'],
    logLevel: 'warning',
  });
  return outputFiles[0]!.text;
}

export async function openBrowser(): Promise<BrowserContext> {
  const browser = await playwright.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
  });
  return browser.newContext();
}

/** A page with `script`, served from memory on https; its storage is that of all pages of the context. */
export async function openPage(context: BrowserContext, script: string, without = ''): Promise<Page> {
  const page = await context.newPage();
  await page.route('**/*', (route) => {
    const isScript = route.request().url().endsWith('/page.js');
    const html = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
    return route.fulfill(
      isScript ? { contentType: 'text/javascript', body: script } : { contentType: 'text/html', body: html },
    );
  });
  if (without) await page.addInitScript(without);
  await page.goto('https://nt.test/');
  return page;
}

/** Calls a function of `page.ts`, with JSON in and out. */
export function call<Name extends keyof InPage>(
  page: Page,
  name: Name,
  ...parameters: Parameters<InPage[Name]>
): Promise<Awaited<ReturnType<InPage[Name]>>> {
  return page.evaluate(
    ([member, values]) =>
      (globalThis as unknown as { inPage: Record<string, (...v: unknown[]) => unknown> }).inPage[member]!(...values),
    [name, parameters] as const,
  ) as never;
}
