import { execFileSync } from 'node:child_process';
import path from 'node:path';

const here = import.meta.dirname;

/** A way to run the straight-line step, or why there is none. */
export type StraightLine = { readonly command: readonly string[]; readonly builtBy: string } | { readonly why: string };

/** As WASM, with relaxed SIMD where this Node has it, by zig of the Python environment. */
export function buildWasmStep(python: string, folder: string, width: number): StraightLine {
  const output = path.join(folder, `straight-line-${width}.wasm`);
  const relaxed = Number(process.versions.node.split('.')[0]) >= 22 ? '+relaxed_simd' : '';
  const linker = [
    '--no-entry',
    '--import-memory',
    '--shared-memory',
    '--max-memory=536870912',
    '--export=__stack_pointer',
    '--export=__heap_base',
  ].map((flag) => `-Wl,${flag}`);
  const flags = ['-O3', '-ffp-contract=off', '-fno-math-errno', '-nostdlib', '-fno-sanitize=all', '-w', `-DW=${width}`];
  const target = ['-target', 'wasm32-freestanding', `-mcpu=generic+simd128+atomics+bulk_memory${relaxed}`];
  const parameters = ['-m', 'ziglang', 'cc', ...target, ...flags, ...linker, 'step_wasm.c', '-o', output];
  if (!succeeds(python, parameters)) return { why: 'pip install ziglang==0.17.1, and name the interpreter in PYTHON' };
  return { command: [process.execPath, path.join(here, 'worker.cjs'), output], builtBy: 'ziglang' };
}

/** As a native program, by the first C compiler of `CC`, clang, gcc. `architecture` is what `-march` takes. */
export function buildNativeStep(architecture: string, folder: string, width: number): StraightLine {
  const output = path.join(folder, `straight-line-${width}`);
  const flags = [
    '-O3',
    `-march=${architecture}`,
    '-fno-math-errno',
    '-ffp-contract=fast',
    '-w',
    '-pthread',
    `-DW=${width}`,
  ];
  // Without it compilers halve the vectors of processors that can do 512 bits.
  const wide = process.arch === 'x64' ? ['-mprefer-vector-width=512'] : [];
  const compilers = [process.env['CC'], 'clang', 'gcc'].filter((name) => name !== undefined);
  for (const compiler of compilers)
    if (succeeds(compiler, [...flags, ...wide, 'step_native.c', '-o', output, '-lm']))
      return { command: [output], builtBy: compiler };
  return { why: `none of ${compilers.join(', ')} compiles C with -march=${architecture}` };
}

function succeeds(command: string, parameters: readonly string[]): boolean {
  try {
    execFileSync(command, parameters, { cwd: here, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
