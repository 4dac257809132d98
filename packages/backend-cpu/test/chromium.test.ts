import { describe, expect, it } from 'vitest';
import { needsChromium } from './needs.ts';
import { checkInChromium } from './page/open-page.ts';

describe.runIf(needsChromium())('the engine in Chromium', { timeout: 240_000 }, () => {
  it('runs on threads in an isolated page, and gives the same bits as on one', async () => {
    const [two, one] = [await checkInChromium(true, 2), await checkInChromium(true, 1)];
    expect(two.failures).toEqual([]);
    expect(two.description).toMatchObject({ kernelSet: 'wasm-relaxed', threads: 2 });
    expect(one.description.threads).toBe(1);
    expect(two.losses).toEqual(one.losses);
  });

  it('runs on one thread in a page that is not isolated', async () => {
    const result = await checkInChromium(false, 2);
    expect(result.failures).toEqual([]);
    expect(result.description).toMatchObject({ kernelSet: 'wasm-relaxed', threads: 1 });
    expect(result.losses.at(-1)).toBeLessThan(result.losses[0]!);
  });
});
