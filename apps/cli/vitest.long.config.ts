import { testConfig } from '../../vitest.base.ts';

/** Every driver of jobs, with workers that are killed and servers that are started again: half an hour. */
export default testConfig('cli-long', {
  include: ['long/**/*.test.ts'],
  globalSetup: ['test/bundle-nt.ts'],
  testTimeout: 3_600_000,
});
