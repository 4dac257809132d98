import { createCpuBackend } from '@nt/backend-cpu';
import { trainNhits } from '@nt/engine-tests/programs';
import { createNodeGpuBackend } from '../../src/index.ts';
import { loadBuiltPackage } from '../load-built-package.ts';

const updates = Number(process.argv[2]);
const curves: (readonly number[])[] = [];
const makers = [
  () => createCpuBackend(),
  () => createNodeGpuBackend({ load: loadBuiltPackage, allowCpu: true }),
  () => createNodeGpuBackend({ load: loadBuiltPackage, allowCpu: true }),
];
for (const make of makers) {
  const backend = await make();
  curves.push((await trainNhits(backend, updates)).losses);
  await backend.dispose();
}
console.log(JSON.stringify(curves));
