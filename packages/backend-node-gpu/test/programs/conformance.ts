import { runConformance } from '@nt/tensor/conformance';
import { createReferenceBackend } from '@nt/tensor/reference';
import { createNodeGpuBackend } from '../../src/index.ts';
import { knownDefects } from '../known-defects.ts';
import { loadBuiltPackage } from '../load-built-package.ts';

const backend = await createNodeGpuBackend({ load: loadBuiltPackage, allowCpu: true });
console.log(JSON.stringify(await runConformance(backend, createReferenceBackend(), { knownDefects })));
