// Runs the nt command from its sources. Node 20 cannot run TypeScript itself; tsx is this package's one dependency.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const main = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

/** Runs `nt` in this terminal and returns its exit code. */
export function runNt(parameters, folder = process.cwd()) {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const flags = ['--conditions=@nt/source', '--import', tsx, main, ...parameters];
  const { status, signal } = spawnSync(process.execPath, flags, { cwd: folder, stdio: 'inherit' });
  return status ?? (signal === 'SIGINT' ? 130 : 1);
}
