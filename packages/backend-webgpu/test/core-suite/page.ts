import { runCoreSuite, type SuiteResult } from '@nt/engine-tests/core-suite/run';
import { watchedEngine } from './watched-engine.ts';

/** What a test may call in the page. */
export interface SuitePage {
  runSuite(whole: boolean): Promise<SuiteResult>;
}

const inPage: SuitePage = {
  runSuite: async (whole) => runCoreSuite({ ...(await watchedEngine()), isDataSync: true, whole }),
};

Object.assign(globalThis, { inPage });
