import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium as playwright } from 'playwright-core';
import { chromium } from '../needs.ts';
import type { InPage } from './page.ts';

/** Calls a function of `page.ts` in the page, with JSON in and out. */
export type CallInPage<Page extends InPageFunctions<Page>> = <Name extends keyof Page>(
  name: Name,
  ...parameters: Parameters<Page[Name]>
) => Promise<Awaited<ReturnType<Page[Name]>>>;

type InPageFunctions<Page> = { readonly [Name in keyof Page]: (...parameters: never[]) => unknown };

/** A browser with its page. */
export interface OpenPage<Page extends InPageFunctions<Page> = InPage> {
  readonly call: CallInPage<Page>;
  /** What the page printed as an error, and exceptions that nobody caught. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** All four are needed for an adapter without a GPU that also survives synchronous reads. */
export const softwareGpu: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
];

const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

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

/** Where the page stands, and what is missing there. */
export interface PageOptions {
  /** Default `https://nt.test/`; served from memory, nothing goes over the network. */
  readonly url?: string;
  /** Take `navigator.gpu` away, as in a browser from before WebGPU. */
  readonly withoutWebgpu?: boolean;
}

/** Opens a page with `script`. */
export async function openPage<Page extends InPageFunctions<Page> = InPage>(
  script: string,
  flags: readonly string[],
  options: PageOptions = {},
): Promise<OpenPage<Page>> {
  const { url = 'https://nt.test/', withoutWebgpu = false } = options;
  const browser: Browser = await playwright.launch({ executablePath: chromium, args: [...quiet, ...flags] });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.route('**/*', (route) => {
      const isScript = route.request().url().endsWith('/page.js');
      const html = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
      return route.fulfill(
        isScript ? { contentType: 'text/javascript', body: script } : { contentType: 'text/html', body: html },
      );
    });
    if (withoutWebgpu) await page.addInitScript('delete Navigator.prototype.gpu');
    await page.goto(url);
    const call: CallInPage<Page> = (name, ...parameters) =>
      page.evaluate(
        ([member, values]) =>
          (globalThis as unknown as { inPage: Record<string, (...v: unknown[]) => unknown> }).inPage[member]!(
            ...values,
          ),
        [name as string, parameters] as const,
      ) as never;
    return { call, complaints, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
