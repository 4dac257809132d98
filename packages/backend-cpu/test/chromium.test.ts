import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needsChromium } from './needs.ts';
import { bundlers } from './page/bundlers.ts';
import { makeApp } from './page/make-app.ts';
import { checkInPage, launchChromium } from './page/open-page.ts';
import { convolve, train } from './page/page.ts';
import { sumTolerance, trainingTolerance } from './tolerances.ts';

describe.runIf(needsChromium())('the engine in Chromium, WASM and workers loaded without configuration', () => {
  const app = mkdtempSync(path.join(tmpdir(), 'nt-app-'));
  let browser: Browser;
  let inNode: { readonly convolved: readonly number[]; readonly losses: readonly number[] };

  beforeAll(async () => {
    await makeApp(app);
    browser = await launchChromium();
    const convolved = await convolve();
    const backend = await createCpuBackend({ threads: 1 });
    inNode = { convolved, losses: await train(backend) };
    await backend.dispose();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(app, { recursive: true });
  });

  describe.each(Object.entries(bundlers))('through %s', { timeout: 120_000 }, (_, bundle) => {
    let site: string;
    beforeAll(async () => {
      site = await bundle(app);
    }, 120_000);

    it('runs on threads in an isolated page, on one in another, with the same bits and the values of Node', async () => {
      const two = await checkInPage(browser, site, { isolated: true, threads: 2 });
      const one = await checkInPage(browser, site, { isolated: false, threads: 2 });
      expect(two.description).toMatchObject({ kernelSet: 'wasm-relaxed', threads: 2 });
      expect(one.description).toMatchObject({ kernelSet: 'wasm-relaxed', threads: 1 });
      expect([two.failures, one.failures]).toEqual([[], []]);
      expect(two.losses).toEqual(one.losses);
      expect(two.convolved).toEqual(one.convolved);
      expect(largestDifference(two.losses, inNode.losses)).toBeLessThan(trainingTolerance);
      expect(largestDifference(two.convolved, inNode.convolved)).toBeLessThan(27 * sumTolerance);
      expect(two.losses.at(-1)).toBeLessThan(two.losses[0]!);
    });
  });

  it.each([
    {
      what: 'forbids WASM: plain JavaScript, and what the policy has to allow',
      policy: "script-src 'self'",
      expected: { kernelSet: 'js', threads: 1 },
      said: /'js'.*'wasm-unsafe-eval'/,
    },
    {
      what: 'forbids workers from blobs: one thread, and what the policy has to allow',
      policy: "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
      expected: { kernelSet: 'wasm-relaxed', threads: 1 },
      said: /1 of 2 threads did not start.*worker-src blob:/,
    },
    {
      what: 'allows what the README says: threads',
      policy: "script-src 'self' 'wasm-unsafe-eval'; worker-src blob:",
      expected: { kernelSet: 'wasm-relaxed', threads: 2 },
      said: undefined,
    },
  ])('a content security policy that $what', { timeout: 120_000 }, async ({ policy, expected, said }) => {
    const site = await bundlers['esbuild']!(app);
    const { description, failures } = await checkInPage(browser, site, { isolated: true, threads: 2, policy });
    expect(failures).toEqual([]);
    expect(description).toMatchObject(expected);
    const limitations = description.limitations.filter((line) => !line.startsWith('No native kernels'));
    if (said) expect(limitations.join(' ')).toMatch(said);
    else expect(limitations).toEqual([]);
  });

  it('an isolated page may ask for one thread', async () => {
    const site = await bundlers['esbuild']!(app);
    const { description } = await checkInPage(browser, site, { isolated: true, threads: 1 });
    expect(description.threads).toBe(1);
  });
});

function largestDifference(values: readonly number[], expected: readonly number[]): number {
  expect(values.length).toBe(expected.length);
  return Math.max(...values.map((value, i) => Math.abs(value - expected[i]!)));
}
