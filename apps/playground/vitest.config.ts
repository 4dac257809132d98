import { testConfig } from '../../vitest.base.ts';

export default testConfig('playground', {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  globalSetup: './test/site-for-all.ts',
  // Browsers that train: two at once would only take turns.
  fileParallelism: false,
});
