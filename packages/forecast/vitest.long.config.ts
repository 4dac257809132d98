import { testConfig } from '../../vitest.base.ts';

/**
 * Long checks on public series that are not part of the repository, `NT_SHARED_DATA=FOLDER pnpm -F @nt/forecast test:long`:
 * accuracy of the reference preset, and coverage of intervals. Some 20 minutes on two cores.
 */
export default testConfig('forecast-long', { include: ['long/**/*.test.ts'] });
