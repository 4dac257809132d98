import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from '../run-node.ts';
import { bundleCoreSuite } from './bundle-core-suite.ts';
import type { SuiteResult } from './run-core-suite.ts';

/** A script that calls `runCoreSuite` and prints its result, and how it is run. */
export interface NodeSuite {
  readonly entry: URL;
  readonly parameters?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** Another Node than this one. */
  readonly node?: string | undefined;
}

/** Bundles the script and runs it in a Node of its own. */
export async function runCoreSuiteInNode({ entry, parameters = [], ...run }: NodeSuite): Promise<SuiteResult> {
  // Beside the entry, so that what is imported at run time is found from there.
  const folder = await mkdtemp(path.join(path.dirname(fileURLToPath(entry)), '.core-suite-'));
  try {
    const script = path.join(folder, 'suite.cjs');
    await writeFile(script, await bundleCoreSuite(entry, 'node'));
    const whole = [script, ...parameters];
    return (await runNode({ ...run, parameters: whole, cwd: folder, timeout: 1_800_000 })) as SuiteResult;
  } finally {
    await rm(folder, { recursive: true });
  }
}
