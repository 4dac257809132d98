import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { firefox } from './needs.ts';
import { type Filled, modelOf, small } from './visitor.ts';

/** A page in a Firefox of its own, steered by WebDriver BiDi, as Firefox itself brings it. */
export interface FirefoxVisit {
  readonly page: Page;
  /** Errors that the page printed or that nobody caught. */
  readonly complaints: readonly string[];
  /** What an element says. */
  text(selector: string): Promise<string>;
  /** Gives the page a file. */
  upload(name: string, content: string): Promise<void>;
  /** A button's download, as bytes. */
  downloaded(button: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** @param isPrivate a window that may store nothing */
export async function visitInFirefox(url: string, isPrivate = false): Promise<FirefoxVisit> {
  const folder = mkdtempSync(join(tmpdir(), 'nt-firefox-'));
  const browser = await launch({
    browser: 'firefox',
    executablePath: firefox,
    extraPrefsFirefox: {
      'browser.download.dir': folder,
      'browser.download.folderList': 2,
      'browser.privatebrowsing.autostart': isPrivate,
    },
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url);
  /** The file that came and is whole: while it comes, a `.part` lies beside it. */
  const arrived = (before: readonly string[]): Uint8Array | null => {
    const names = readdirSync(folder).filter((name) => !before.includes(name));
    const bytes = names.length === 1 ? readFileSync(join(folder, names[0]!)) : null;
    return bytes && bytes.length > 0 ? new Uint8Array(bytes) : null;
  };
  return {
    page,
    complaints,
    text: (selector) => page.$eval(selector, ({ textContent }) => textContent ?? ''),
    async upload(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      await (await page.$('input#file'))!.uploadFile(path);
    },
    async downloaded(button) {
      const before = readdirSync(folder);
      await page.locator(button).click();
      let bytes: Uint8Array | null = null;
      await expect.poll(() => (bytes = arrived(before))).not.toBeNull();
      return bytes!;
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, maxRetries: 5 });
    },
  };
}

/** Opens the first sample and fills the form: one network, on the engine that the page chooses. */
export async function fillInFirefox({ page }: FirefoxVisit, filled: Filled = small): Promise<void> {
  await page.locator('#samples button').click();
  await page.locator('#what').fill('network');
  for (const [id, value] of Object.entries(filled)) await page.locator(`#${id}`).fill(value);
}

/** Trains to the end, results included. @returns the weights, comparable */
export async function trainInFirefox({ page, downloaded }: FirefoxVisit, button = '#train'): Promise<string> {
  await page.locator(button).click();
  await page.waitForSelector('#home', { visible: true, timeout: 300_000 });
  return modelOf(await downloaded('#save-model')).weights;
}
