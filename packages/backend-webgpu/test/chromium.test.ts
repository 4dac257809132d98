import { testEngine } from '@nt/engine-tests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCapture } from './expect-capture.ts';
import { expectLifeCycle } from './expect-life-cycle.ts';
import { needs } from './needs.ts';
import { bundlePage, type OpenPage, openPage, type PageOptions, softwareGpu } from './page/open-page.ts';
import { curveTolerance } from './tolerances.ts';

const thereIsChromium = needs('chromium');

describe.runIf(thereIsChromium)('WebGPU in headless Chromium, on a software adapter', () => {
  let page: OpenPage;
  beforeAll(async () => {
    page = await openPage(await bundlePage(), softwareGpu);
  });
  afterAll(() => page.close());

  testEngine({ tfjsName: 'nt-webgpu', curveTolerance, run: (name) => page.call(name) });

  it('can be disposed and created again, and says when its device is gone', async () => {
    expectLifeCycle(await page.call('observeLifeCycle'));
  }, 240_000);

  it('repeats captured calls with the bits of the function', async () => {
    expectCapture(await page.call('observeCapture'));
  }, 240_000);

  it('refuses a software adapter that nobody allowed', async () => {
    expect(await page.call('refusal', {})).toMatchObject({ reason: 'software-adapter' });
  });
});

describe.runIf(thereIsChromium)('WebGPU in Chromium, where it cannot work', () => {
  const refusal = async (flags: readonly string[], options?: PageOptions): Promise<unknown> => {
    const page = await openPage(await bundlePage(), flags, options);
    try {
      return await page.call('refusal', { allowSoftware: true });
    } finally {
      await page.close();
    }
  };

  it('says that there is no adapter without a GPU', async () => {
    expect(await refusal([])).toMatchObject({ code: 'tensor/backend-unavailable', reason: 'no-adapter' });
  });

  it('says that a page over plain http has no WebGPU', async () => {
    expect(await refusal(softwareGpu, { url: 'http://nt.test/' })).toMatchObject({
      reason: 'insecure-context',
      message: expect.stringMatching(/https/),
    });
  });

  it('says that the browser has no WebGPU', async () => {
    expect(await refusal(softwareGpu, { withoutWebgpu: true })).toMatchObject({
      reason: 'no-webgpu',
      message: expect.stringMatching(/Chrome/),
    });
  });
});
