import { testConfig } from '../../vitest.base.ts';

/** Accuracy on public series, which are not part of the repository: `NT_SHARED_DATA=FOLDER pnpm -F @nt/linear test:long`. */
export default testConfig('linear-long', { include: ['long/**/*.test.ts'], testTimeout: 600_000 });
