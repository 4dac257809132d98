import { type EnginePrograms, enginePrograms } from '@nt/engine-tests/programs';
import { createWebgpuBackend } from '../src/index.ts';
import { knownDefects } from './known-defects.ts';

/** For Node and for a page. */
export const programs: EnginePrograms = enginePrograms(
  () => createWebgpuBackend({ allowSoftware: true }),
  knownDefects,
);
