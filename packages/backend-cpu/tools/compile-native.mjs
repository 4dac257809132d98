// Compiles the kernels once for each instruction set of a processor, and links them with the addon.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** Beside a binary: from which sources it was built. A binary of others would misread our commands. */
export const stampOf = (binary) => binary.replace(/\.node$/, '.sources');

/**
 * @param arch `x64` or `arm64`
 * @param compiler the command and what it is always given: `['clang']`, `['python3', '-m', 'ziglang', 'cc', '-target', …]`
 * @param compilerFlags for every file
 * @param linkerFlags for the whole
 * @param precompile reads what all kernels include only once for each instruction set, as gcc and clang can: a third of
 *   the time, and the same bytes
 * @param headers the folder with Node-API's declarations
 * @param output `….node`; takes the place of the old file in one step: a process that runs the old one keeps it
 * @param signal ends the build
 */
export async function compileNative(options) {
  const { arch, compiler, compilerFlags = [], linkerFlags = [], precompile, headers, output, signal } = options;
  const sources = hashOfNativeSources();
  const folder = mkdtempSync(path.join(tmpdir(), 'nt-native-'));
  const unfinished = `${output}.${process.pid}.unfinished`;
  const [command, ...always] = compiler;
  const run = (...parameters) => promisify(execFile)(command, [...always, ...parameters], { cwd: root, signal });
  const compile = ({ source, object, extra }) => run(...flags, ...compilerFlags, ...extra, '-c', source, '-o', object);
  try {
    const jobs = [...kernelJobs(arch, folder, precompile), ...addonJobs(folder, headers)];
    if (precompile) await inParallel(headerJobs(arch, folder), compile);
    await inParallel(jobs, compile);
    mkdirSync(path.dirname(output), { recursive: true });
    await run('-shared', ...linkerFlags, ...jobs.map(({ object }) => object), '-o', unfinished);
    renameSync(unfinished, output);
    writeFileSync(stampOf(output), sources);
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(unfinished, { force: true });
  }
}

function kernelJobs(arch, folder, precompile) {
  return sourceFiles('kernels', '.c').flatMap((source) =>
    Object.entries(instructionSets[arch]).map(([set, extra]) => ({
      source,
      object: path.join(folder, `${path.basename(source, '.c')}-${set}.o`),
      extra: [`-DNT_SET=${set}`, ...extra, ...(precompile ? ['-include', commonHeader(folder, set)] : [])],
    })),
  );
}

/** What all kernels include, once for each instruction set. Asked to include NAME, gcc and clang look for NAME.gch. */
function headerJobs(arch, folder) {
  return Object.entries(instructionSets[arch]).map(([set, extra]) => {
    const source = commonHeader(folder, set);
    writeFileSync(source, `#include "${path.join(root, 'kernels/vector.h')}"\n`);
    return { source, object: `${source}.gch`, extra: [`-DNT_SET=${set}`, ...extra, '-x', 'c-header'] };
  });
}

const commonHeader = (folder, set) => path.join(folder, `common-${set}.h`);

function addonJobs(folder, headers = installedHeaders()) {
  return sourceFiles('native', '.c').map((source) => ({
    source,
    object: path.join(folder, `${path.basename(source, '.c')}.o`),
    extra: [`-I${headers}`],
  }));
}

/** The official declarations of Node-API; an installation without development dependencies lacks them. */
const installedHeaders = () => createRequire(import.meta.url)('node-api-headers').include_dir;

/** As many at a time as there are processors. After a failure nothing more is begun, and what runs is waited for. */
async function inParallel(jobs, run) {
  const waiting = [...jobs];
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await run(job);
  };
  const stopAll = (error) => {
    waiting.length = 0;
    throw error;
  };
  const ends = await Promise.allSettled(Array.from({ length: availableParallelism() }, () => lane().catch(stopAll)));
  const failed = ends.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
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
