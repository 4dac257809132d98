// The C source of the kernels, and what every build of it has in common.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The exact cross-compiler: clang as packaged by ziglang on PyPI, the same file for every platform. */
export const ziglangVersion = '0.17.1';

/** Never fuses a multiplication and an addition by itself: what is rounded where is written in the source. */
export const commonFlags = ['-O3', '-ffp-contract=off', '-fno-math-errno', '-g0'];

/** PYTHON names the interpreter that has the cross-compiler: `pip install ziglang==<version>`. */
export const zigCommand = [process.env.PYTHON ?? 'python3', '-m', 'ziglang'];

/** Files of a folder of this package that end in one of these letters, with their paths from the package. */
export function sourceFiles(folder, endings) {
  return readdirSync(path.join(root, folder))
    .filter((name) => endings.split(' ').includes(path.extname(name)))
    .sort()
    .map((name) => path.join(folder, name));
}

/** One hash of these files and of everything else that the result depends on. */
export function hashOf(files, circumstances) {
  const hash = createHash('sha256').update(JSON.stringify(circumstances));
  for (const name of files) hash.update(`\0${path.basename(name)}\0`).update(readFileSync(path.join(root, name)));
  return hash.digest('hex');
}

/** Runs the cross-compiler. */
export function zig(...parameters) {
  const [python, ...module] = zigCommand;
  return execFileSync(python, [...module, ...parameters], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** True when exactly that cross-compiler can be run here. */
export function hasZig() {
  try {
    return zig('version').toString().trim() === ziglangVersion;
  } catch {
    return false;
  }
}

export function requireZig() {
  if (hasZig()) return;
  throw new Error(`Expected ziglang ${ziglangVersion}: pip install ziglang==${ziglangVersion}, then set PYTHON.`);
}
