import { testConfig } from '../vitest.base.ts';

export default testConfig('examples', { testTimeout: 120_000, hookTimeout: 120_000 });
