import { testConfig } from '../../vitest.base.ts';

export default testConfig('cli', { globalSetup: ['test/bundle-nt.ts'] });
