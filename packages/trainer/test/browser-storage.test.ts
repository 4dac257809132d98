import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlePage, call, openBrowser, openPage } from './browser/open-page.ts';
import type { StorageKind } from './browser/page.ts';
import { needsChromium } from './needs.ts';

describe.runIf(needsChromium())('storage in a browser', () => {
  let context: BrowserContext;
  let script: string;
  beforeAll(async () => {
    script = await bundlePage();
    context = await openBrowser();
  });
  afterAll(() => context?.browser()?.close());

  it('is the private file system, and IndexedDB where a page cannot write files', async () => {
    const page = await openPage(context, script);
    expect(await call(page, 'locate', 'chosen')).toBe('opfs:/place');
    await page.close();
    const old = await openPage(context, script, 'delete FileSystemFileHandle.prototype.createWritable');
    expect(await call(old, 'locate', 'chosen')).toBe('indexeddb:/place');
    await old.close();
  });

  it('a file system that refuses, as in a private window, says so each time and holds no lock', async () => {
    const refuse =
      "StorageManager.prototype.getDirectory = async () => { throw new DOMException('no', 'SecurityError'); }";
    const page = await openPage(context, script, refuse);
    expect(await call(page, 'lockTwice', 'opfs')).toEqual(['trainer/storage', 'trainer/storage']);
    await page.close();
  });

  it.each<StorageKind>(['opfs', 'indexedDb'])('%s keeps the contract of a storage', async (kind) => {
    const page = await openPage(context, script);
    expect(await call(page, 'contract', kind)).toEqual([]);
    await page.close();
  });

  it.each<StorageKind>(['opfs', 'indexedDb'])(
    '%s: a page closed while it trains leaves whole checkpoints, and resumes exactly',
    async (kind) => {
      const page = await openPage(context, script);
      void call(page, 'trainUntilClosed', kind).catch(() => {});
      await page.waitForFunction('globalThis.updates > 5');
      await page.close();
      const next = await openPage(context, script);
      const { broken, resumedAt, updates, newest } = await call(next, 'resume', kind, 7);
      expect(broken).toBe(0);
      expect(resumedAt).toBeGreaterThanOrEqual(4);
      expect(newest).toEqual(await call(next, 'uninterrupted', updates));
      await next.close();
    },
  );
});
