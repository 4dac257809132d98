import { testConfig } from '../../vitest.base.ts';

/** Long checks on public series that are not part of the repository: `NT_SHARED_DATA=FOLDER pnpm -F @nt/data test:long`. */
export default testConfig('data-long', { include: ['long/**/*.test.ts'] });
