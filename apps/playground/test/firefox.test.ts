import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type FirefoxVisit, fillInFirefox, trainInFirefox, visitInFirefox } from './firefox-visitor.ts';
import { needsFirefox } from './needs.ts';
import { type Host, serveSite } from './site.ts';
import { small } from './visitor.ts';

describe.runIf(needsFirefox())('the playground in Firefox', () => {
  let host: Host;
  beforeAll(async () => {
    host = await serveSite(inject('site'), true);
  });
  afterAll(() => host?.close());

  const visitor = async (work: (visit: FirefoxVisit) => Promise<void>, isPrivate = false): Promise<void> => {
    const visit = await visitInFirefox(host.url, isPrivate);
    try {
      await work(visit);
      expect(visit.complaints).toEqual([]);
    } finally {
      await visit.close();
    }
  };
  // Some seconds, so that a pause arrives in it.
  const longer = { ...small, epochs: '20' };
  let weights = '';

  it('trains on a sample to a forecast better than the naive one; a private window keeps nothing and says so', async () => {
    await visitor(async (one) => {
      await fillInFirefox(one, longer);
      weights = await trainInFirefox(one);
      expect(await one.text('#verdict')).toMatch(/^Better: nhits.* less error/);
      expect(await one.text('#engine-text')).toMatch(/wasm.*thread.*WebGPU is not there/);
      expect(await one.text('#not-kept')).toMatch(/private window/);
      expect(await one.text('#data-status')).toBe('us-births.csv is read.');
      const picture = await one.downloaded('#save-forecast-png');
      expect([...picture.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    }, true);
  });

  it('pauses, resumes, goes on after a reload to the same bits, and says why a file cannot be read', async () => {
    await visitor(async (one) => {
      const { page, text } = one;
      const updates = async (): Promise<number> =>
        Number.parseInt((await page.$$eval('#figures dd', (all) => all[1]?.textContent)) ?? '', 10) || 0;
      await fillInFirefox(one, longer);
      await page.locator('#train').click();
      await expect.poll(updates, { interval: 20 }).toBeGreaterThan(5);
      await page.locator('#pause').click();
      await expect.poll(() => text('#training-status')).toMatch(/^Paused/);
      const at = await updates();
      await page.locator('#pause').click();
      await expect.poll(updates, { interval: 20 }).toBeGreaterThan(Math.max(at, 110));
      await page.reload();
      await page.waitForSelector('#kept', { visible: true });
      expect(await text('#kept-text')).toMatch(/us-births\.csv.* update [1-9]/);
      expect(await trainInFirefox(one, '#kept-continue')).toBe(weights);
      await one.upload('bad.csv', `date,sales\n2024-01-01,1\n2024-01-02,2\n2024-01-03,three\n`);
      await expect.poll(() => text('#data-problem')).toMatch(/line 4, column 'sales'.*three/s);
      expect(await text('#data-problem .faulty')).toBe('2024-01-03,three');
    });
  });
});
