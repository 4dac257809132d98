import { longExecArgv, testConfig } from '../../vitest.base.ts';

export default testConfig('backend-cpu', { execArgv: longExecArgv });
