// Compiles kernels/*.c to WASM and writes src/wasm/wasm-kernels.generated.ts.
// Needs the compiler below: `pip install ziglang==<version>` in any Python environment; PYTHON names its interpreter.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const kernels = path.join(root, 'kernels');
const python = process.env.PYTHON ?? 'python3';

/** The exact compiler: clang as packaged by ziglang on PyPI, the same file for every platform. */
export const ziglangVersion = '0.17.1';

const baseFlags = [
  ...['-target', 'wasm32-freestanding', '-O3', '-ffp-contract=off', '-fno-math-errno', '-nostdlib'],
  ...['-fno-sanitize=all', '-g0', '-Wall', '-Wextra', '-Werror'],
  ...[
    '--no-entry',
    '--import-memory',
    '--max-memory=4294901760',
    '--export=__stack_pointer',
    '--export=__heap_base',
  ].map((flag) => `-Wl,${flag}`),
  ...['-Wl,-z,stack-size=65536', '-Wl,--strip-all'],
];

/** Name of each kernel set → flags of the compiler. */
export const variants = {
  wasm: [...baseFlags, '-mcpu=generic+simd128+atomics+bulk_memory'],
  'wasm-relaxed': [...baseFlags, '-mcpu=generic+simd128+atomics+bulk_memory+relaxed_simd'],
};

/** What the generated file depends on: every source file, the flags, the compiler's version. */
export function hashOfSources() {
  const hash = createHash('sha256').update(JSON.stringify({ variants, ziglangVersion }));
  for (const name of sourceFiles()) hash.update(`\0${name}\0`).update(readFileSync(path.join(kernels, name)));
  return hash.digest('hex');
}

function sourceFiles() {
  return readdirSync(kernels)
    .filter((name) => /\.[ch]$/.test(name))
    .sort();
}

/** True when exactly the compiler that made the committed file can be run here. */
export function hasCompiler() {
  try {
    return zig('version').toString().trim() === ziglangVersion;
  } catch {
    return false;
  }
}

/** Compiles one variant and returns its bytes. */
export function compile(variant) {
  const folder = mkdtempSync(path.join(tmpdir(), 'nt-kernels-'));
  try {
    const output = path.join(folder, 'kernels.wasm');
    const sources = sourceFiles().filter((name) => name.endsWith('.c'));
    zig('cc', ...variants[variant], ...sources, '-o', output);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function zig(...parameters) {
  return execFileSync(python, ['-m', 'ziglang', ...parameters], { cwd: kernels, stdio: ['ignore', 'pipe', 'pipe'] });
}

function generate() {
  if (!hasCompiler())
    throw new Error(`Expected ziglang ${ziglangVersion}: pip install ziglang==${ziglangVersion}, then set PYTHON.`);
  const lines = Object.keys(variants).map((name) => `  '${name}': '${compile(name).toString('base64')}',`);
  return `// Written by tools/build-wasm.mjs; do not edit. Compiler: ziglang ${ziglangVersion}.
export const sourceHash: string = '${hashOfSources()}';

export const wasmKernels: Readonly<Record<'wasm' | 'wasm-relaxed', string>> = {
${lines.join('\n')}
};
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(path.join(root, 'src/wasm/wasm-kernels.generated.ts'), generate());
}
