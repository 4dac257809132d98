// Compiles kernels/kernels.c to WASM and writes src/algebra/kernels.generated.ts. PYTHON names an interpreter that has the
// compiler: pip install ziglang==0.17.1 (clang as packaged on PyPI, the same for every platform).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const source = path.join(root, 'kernels/kernels.c');
const ziglangVersion = '0.17.1';
// Nothing is fused or reordered by the compiler, so that every machine gives the same bits.
const flags = [
  ...['-target', 'wasm32-freestanding', '-O3', '-ffp-contract=off', '-fno-math-errno', '-fvisibility=hidden', '-g0'],
  ...['-nostdlib', '-fno-sanitize=all', '-Wall', '-Wextra', '-Werror', '-mcpu=generic+simd128'],
  ...['--no-entry', '--import-memory', '--max-memory=4294901760', '--export=__heap_base', '-z,stack-size=16384'].map(
    (flag) => `-Wl,${flag}`,
  ),
  ...['slide', 'multiply_add', 'tridiagonalize', 'apply_reflectors', 'solve_tridiagonal'].map(
    (name) => `-Wl,--export=${name}`,
  ),
  '-Wl,--strip-all',
];

/** What the generated file depends on. */
export const hashOfSources = () =>
  createHash('sha256').update(JSON.stringify({ flags, ziglangVersion })).update(readFileSync(source)).digest('hex');

function compile() {
  const folder = mkdtempSync(path.join(tmpdir(), 'nt-linear-'));
  const output = path.join(folder, 'kernels.wasm');
  try {
    execFileSync(process.env.PYTHON ?? 'python3', ['-m', 'ziglang', 'cc', ...flags, source, '-o', output]);
    return readFileSync(output).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(
    path.join(root, 'src/algebra/kernels.generated.ts'),
    `// Written by tools/build-kernels.mjs; do not edit. Compiler: ziglang ${ziglangVersion}.
export const sourceHash: string = '${hashOfSources()}';

export const kernelBytes: string =
  '${compile()}';
`,
  );
}
