import { bundleCoreSuite, expectCoreSuite, type KnownFailures, runCoreSuiteInNode } from '@nt/engine-tests/core-suite';
import { describe, it } from 'vitest';
import knownFailures from './core-suite/known-failures.json' with { type: 'json' };
import type { SuitePage } from './core-suite/page.ts';
import { needs, vulkanDriver } from './needs.ts';
import { openPage, softwareGpu } from './page/open-page.ts';

/** Every spec, in Node and in Chromium; else those of operations that training uses, in Node. */
const whole = process.env['NT_LONG'] === '1';
const least = whole ? 4000 : 900;
const timeout = 1_800_000;
const inNode: KnownFailures = { ...knownFailures.everywhere, ...knownFailures.inNode };
const inChromium: KnownFailures = { ...knownFailures.everywhere, ...knownFailures.inChromium };

describe.runIf(needs('vulkan'))('tfjs-core’s own suite in Node', () => {
  it('passes, but for the known failures, exactly', { timeout }, async () => {
    const result = await runCoreSuiteInNode({
      entry: new URL('core-suite/node.ts', import.meta.url),
      parameters: whole ? ['whole'] : [],
      environment: { VK_DRIVER_FILES: vulkanDriver },
    });
    expectCoreSuite(result, 'nt-webgpu', inNode, least);
  });
});

// Takes minutes there.
if (whole) {
  describe.runIf(needs('chromium'))('tfjs-core’s own suite in Chromium', () => {
    it('passes, but for the known failures, exactly', { timeout }, async () => {
      const script = await bundleCoreSuite(new URL('core-suite/page.ts', import.meta.url), 'browser');
      const page = await openPage<SuitePage>(script, softwareGpu);
      try {
        expectCoreSuite(await page.call('runSuite', whole), 'nt-webgpu', inChromium, least);
      } finally {
        await page.close();
      }
    });
  });
}
