import { enginePrograms } from '@nt/engine-tests/programs';
import { createNodeGpuBackend } from '../../src/index.ts';
import { knownDefects } from '../known-defects.ts';
import { loadBuiltPackage } from '../load-built-package.ts';

const programs = enginePrograms(() => createNodeGpuBackend({ load: loadBuiltPackage, allowCpu: true }), knownDefects);
console.log(JSON.stringify(await programs[process.argv[2] as keyof typeof programs]()));
