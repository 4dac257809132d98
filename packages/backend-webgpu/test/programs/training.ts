import { createWebgpuBackend } from '../../src/index.ts';
import { compareCurves } from '../compare-curves.ts';

console.log(JSON.stringify(await compareCurves(() => createWebgpuBackend({ allowSoftware: true }))));
