import { testConfig } from '../../vitest.base.ts';

export default testConfig('backend-node-gpu');
