import { runCoreSuite } from '@nt/engine-tests/core-suite/run';
import { createNodeGpuBackend } from '../../src/index.ts';

/** Parameters: the file of the package with its addon; `whole` for all specs. */
async function main(): Promise<void> {
  const [file, extent] = process.argv.slice(2);
  await createNodeGpuBackend({ load: () => import(file!), allowCpu: true });
  const result = await runCoreSuite({ tfjsName: 'tensorflow', isDataSync: true, whole: extent === 'whole' });
  process.stdout.write(`\n${JSON.stringify(result)}\n`, () => process.exit());
}

void main();
