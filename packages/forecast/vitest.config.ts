import { longExecArgv, testConfig } from '../../vitest.base.ts';

export default testConfig('forecast', { execArgv: longExecArgv });
