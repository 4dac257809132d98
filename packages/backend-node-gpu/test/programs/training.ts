import { createNodeGpuBackend } from '../../src/index.ts';
import { compareCurves } from '../compare-curves.ts';
import { loadBuiltPackage } from '../load-built-package.ts';

console.log(
  JSON.stringify(await compareCurves(() => createNodeGpuBackend({ load: loadBuiltPackage, allowCpu: true }))),
);
