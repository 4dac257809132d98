import { builtinModule } from '../../pool/spawn-worker.ts';

/** What the child process runs: every instruction set of the binary that this processor claims to have. */
const selfTest = `
const addon = require(process.argv.at(-1)); // in Deno, the one before it is the program, as for any script
process.exit(addon.sets.length > 0 && addon.sets.every((set) => addon.selfTest(set)) ? 0 : 1);
`;
const patienceMilliseconds = 20_000;

/**
 * Undefined when the binary has computed correctly in a child process, now or earlier on this machine; else what went
 * wrong. An instruction that the processor does not know ends only the child. What has passed is remembered by hash in
 * the user's cache folder; where nothing can be written, the test runs each time (about a tenth of a second).
 */
export function checkNativeBinary(file: string): string | undefined {
  const marker = markerOf(file);
  if (isThere(marker)) return undefined;
  const failure = runSelfTest(file);
  if (failure === undefined) remember(marker);
  return failure;
}

/** One file for each binary, processor and runtime that has passed. Bun and Deno call themselves some version of Node, too. */
function markerOf(file: string): string {
  const { createHash } = builtinModule<typeof import('node:crypto')>('node:crypto')!;
  const { readFileSync } = builtinModule<typeof import('node:fs')>('node:fs')!;
  const { cpus } = builtinModule<typeof import('node:os')>('node:os')!;
  const { join } = builtinModule<typeof import('node:path')>('node:path')!;
  const { node, bun, deno } = process.versions;
  const circumstances = [`v${node}`, bun && `bun ${bun}`, deno && `deno ${deno}`, cpus()[0]?.model]
    .filter((each) => each !== undefined)
    .join(' ');
  const hash = createHash('sha256').update(readFileSync(file)).update(circumstances).digest('hex');
  return join(cacheFolder(), 'nt-backend-cpu', `passed-${hash}`);
}

function cacheFolder(): string {
  const { homedir } = builtinModule<typeof import('node:os')>('node:os')!;
  const { join } = builtinModule<typeof import('node:path')>('node:path')!;
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return XDG_CACHE_HOME || join(homedir(), '.cache');
}

function runSelfTest(file: string): string | undefined {
  const { spawnSync } = builtinModule<typeof import('node:child_process')>('node:child_process')!;
  const { status, signal, error } = spawnSync(process.execPath, ['-e', selfTest, file], {
    timeout: patienceMilliseconds,
    stdio: 'ignore',
    // In Electron, the executable is the application unless it is told otherwise.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  if (status === 0) return undefined;
  const how =
    error?.message ?? (signal ? `the child process ended by ${signal}` : 'it did not load, or computed wrongly');
  return `the binary ${file} failed its self-test (${how})`;
}

function isThere(marker: string): boolean {
  const files = builtinModule<typeof import('node:fs')>('node:fs')!;
  try {
    return files.existsSync(marker);
  } catch {
    return false; // the cache folder is none that Node's permission model lets this process look into
  }
}

function remember(marker: string): void {
  const files = builtinModule<typeof import('node:fs')>('node:fs')!;
  const { dirname } = builtinModule<typeof import('node:path')>('node:path')!;
  try {
    files.mkdirSync(dirname(marker), { recursive: true });
    files.writeFileSync(marker, '');
  } catch {
    // A read-only home: the test runs again next time.
  }
}
