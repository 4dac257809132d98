// Compiles kernels/*.c to WASM and writes src/wasm/wasm-kernels.generated.ts. Needs the cross-compiler of
// kernel-sources.mjs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { commonFlags, hashOf, requireZig, root, sourceFiles, zig, ziglangVersion } from './kernel-sources.mjs';

const linkerFlags = [
  '--no-entry',
  '--import-memory',
  '--max-memory=4294901760',
  '--export=__stack_pointer',
  '--export=__heap_base',
];
const baseFlags = [
  ...[
    '-target',
    'wasm32-freestanding',
    ...commonFlags,
    '-nostdlib',
    '-fno-sanitize=all',
    '-Wall',
    '-Wextra',
    '-Werror',
  ],
  ...[...linkerFlags, '-z,stack-size=65536', '--strip-all'].map((flag) => `-Wl,${flag}`),
];

/** Name of each kernel set → flags of the compiler. */
export const variants = {
  wasm: [...baseFlags, '-mcpu=generic+simd128+atomics+bulk_memory'],
  'wasm-relaxed': [...baseFlags, '-mcpu=generic+simd128+atomics+bulk_memory+relaxed_simd'],
};

/** What the generated file depends on: every source file, the flags, the compiler's version. */
export const hashOfSources = () => hashOf(sourceFiles('kernels', '.c .h'), { variants, ziglangVersion });

/** Compiles one variant and returns its bytes. */
export function compile(variant) {
  const folder = mkdtempSync(path.join(tmpdir(), 'nt-kernels-'));
  try {
    const output = path.join(folder, 'kernels.wasm');
    zig('cc', ...variants[variant], ...sourceFiles('kernels', '.c'), '-o', output);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function generate() {
  requireZig();
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
