import { testConfig } from '../../vitest.base.ts';

/**
 * Long checks, `pnpm -F @nt/data test:long`: an epoch over 4 GB on disk (`NT_SHARDS=2` for a twentieth of it), and public
 * series that are not part of the repository (`NT_SHARED_DATA=FOLDER`).
 */
export default testConfig('data-long', { include: ['long/**/*.test.ts'] });
