import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { needsChromium } from './needs.ts';
import { type Host, serveSite } from './site.ts';
import { downloaded, fillPlan, launchChromium, softwareGpu, upload, visit } from './visitor.ts';

/** A season that no simple method knows of, in few windows: a GPU that is emulated takes half a second for an update. */
const rows = Array.from({ length: 120 }, (_, day) => {
  const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  return `${date},${(100 + 25 * Math.sin((2 * Math.PI * day) / 16)).toFixed(2)}`;
});
const csv = `date,sales\n${rows.join('\n')}\n`;
const tiny = { horizon: '7', 'input-size': '14', epochs: '30', 'hidden-size': '64', 'learning-rate': '0.01' };

/** Remembers the devices of the page's workers, so that they can be taken away as a driver's reset does. */
const rememberDevices = `
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...parameters) {
    globalThis.device = await request.apply(this, parameters);
    return globalThis.device;
  };`;

describe.runIf(needsChromium())('the playground on WebGPU, on a software adapter', () => {
  let host: Host;
  let browser: Browser;
  beforeAll(async () => {
    host = await serveSite(inject('site'), true);
    browser = await launchChromium(softwareGpu);
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
  });

  it('trains, loses its device, goes on by itself, and forecasts as the CPU does with the model', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const { page, complaints } = await visit(context, host.url);
    const forecast = async (): Promise<number[]> => {
      const lines = new TextDecoder()
        .decode(await downloaded(page, '#save-forecast'))
        .trim()
        .split('\n');
      return lines.slice(1).flatMap((line) => line.split(',').slice(1).map(Number));
    };
    await upload(page, 'sales.csv', csv);
    await fillPlan(page, tiny);
    await page.locator('#engine').selectOption('webgpu');
    const [worker] = page.workers();
    await worker!.evaluate(rememberDevices);
    await page.locator('#train').click();
    await expect.poll(() => page.locator('#figures dd').nth(1).textContent(), { timeout: 300_000 }).toMatch(/^\d+ of/);
    expect(await page.locator('#engine-text').textContent()).toMatch(/webgpu.*software.*You chose WebGPU/);
    await worker!.evaluate('device.destroy()');
    await expect
      .poll(() => page.locator('#training-status').textContent(), { timeout: 300_000 })
      .toMatch(/goes on from the last checkpoint|the engine was lost/);
    await page.locator('#home').waitFor({ timeout: 500_000 });
    expect(await page.locator('#training-status').textContent()).toMatch(/^Completed/);
    expect(await page.locator('#verdict').textContent()).toMatch(/less error/);
    const onGpu = await forecast();
    // The same model on the CPU.
    const model = Buffer.from(await downloaded(page, '#save-model'));
    await page.reload();
    await upload(page, 'sales.csv', csv);
    await page.locator('#plan').waitFor();
    await page.locator('#open-model summary').click();
    await page.locator('#model-file').setInputFiles({ name: 'model.zip', mimeType: 'application/zip', buffer: model });
    await page.locator('#home').waitFor({ timeout: 300_000 });
    const onCpu = await forecast();
    onGpu.forEach((value, index) => {
      expect(Math.abs(value / onCpu[index]! - 1)).toBeLessThan(1e-5);
    });
    expect(complaints).toEqual([]);
    await context.close();
  });
});
