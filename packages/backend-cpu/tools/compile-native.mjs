// Compiles the kernels once for each instruction set of a processor, and links them with the addon.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { commonFlags, hashOf, root, sourceFiles } from './kernel-sources.mjs';

/** Instruction sets of a processor → flags of gcc and clang. The last of each runs on every such processor. */
const instructionSets = {
  x64: {
    avx512: ['-mavx512f', '-mavx512vl', '-mavx512bw', '-mavx512dq', '-mavx2', '-mfma', '-mprefer-vector-width=512'],
    avx2: ['-mavx2', '-mfma'],
    sse2: [],
  },
  arm64: { neon: [] },
};

const flags = [...commonFlags, '-std=gnu11', '-fvisibility=hidden', '-DNDEBUG'];

/** What a binary depends on, besides its compiler. */
export const hashOfNativeSources = () =>
  hashOf([...sourceFiles('kernels', '.c .h'), ...sourceFiles('native', '.c .h')], { instructionSets, flags });

/**
 * @param arch `x64` or `arm64`
 * @param compiler the command and what it is always given: `['clang']`, `['python3', '-m', 'ziglang', 'cc', '-target', …]`
 * @param compilerFlags for every file
 * @param linkerFlags for the whole
 * @param signal ends the build
 */
export async function compileNative({ arch, compiler, compilerFlags = [], linkerFlags = [], output, signal }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'nt-native-'));
  const [command, ...always] = compiler;
  const run = (...parameters) => promisify(execFile)(command, [...always, ...parameters], { cwd: root, signal });
  try {
    const jobs = jobsFor(arch, folder);
    await inParallel(jobs, ({ source, object, extra }) =>
      run(...flags, ...compilerFlags, ...extra, '-c', source, '-o', object),
    );
    mkdirSync(path.dirname(output), { recursive: true });
    const unfinished = `${output}.unfinished`;
    await run('-shared', ...linkerFlags, ...jobs.map(({ object }) => object), '-o', unfinished);
    renameSync(unfinished, output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function jobsFor(arch, folder) {
  const kernels = sourceFiles('kernels', '.c').flatMap((source) =>
    Object.entries(instructionSets[arch]).map(([set, extra]) => ({
      source,
      object: path.join(folder, `${path.basename(source, '.c')}-${set}.o`),
      extra: [`-DNT_SET=${set}`, ...extra],
    })),
  );
  const addon = sourceFiles('native', '.c').map((source) => ({
    source,
    object: path.join(folder, `${path.basename(source, '.c')}.o`),
    extra: [`-I${headersFolder()}`],
  }));
  return [...kernels, ...addon];
}

/** The official declarations of Node-API: from their package, or from the installation of Node itself. */
function headersFolder() {
  try {
    return createRequire(import.meta.url)('node-api-headers').include_dir;
  } catch {
    return path.join(path.dirname(path.dirname(process.execPath)), 'include/node');
  }
}

async function inParallel(jobs, run) {
  const waiting = [...jobs];
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await run(job);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}

/** True when the command exists and answers. */
export function answers(command) {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
