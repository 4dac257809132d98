import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build as bundle } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NativeTarget, nativeTargets } from '../src/kernels/native/native-target.ts';
// @ts-expect-error a plain script without types
import { buildPrebuild, platforms } from '../tools/build-prebuilds.mjs';
import { readBinaryFormat } from './binary-format.ts';
import { fastestSetOfThisProcessor } from './fastest-set.ts';
import { arm64Node, muslNode, needsArm64Node, needsMuslNode, needsZig, windowsNode } from './needs.ts';
import { setsTolerance } from './tolerances.ts';
import type { BinaryReport } from './whole-binary.ts';

const buildMilliseconds = 600_000;
const root = path.dirname(import.meta.dirname);
const buildsAll = process.env['NT_REQUIRE_ALL'] === '1' || process.env['NT_LONG'] === '1';

/** Those that can be run here; all, where there is time: Windows's takes minutes the first time. */
const built: readonly NativeTarget[] = buildsAll ? nativeTargets : ['linux-x64', 'linux-x64-musl'];

const formats = {
  linux: { format: 'ELF', needs: /^libc\.so\.6$|^libm\.so\.6$|^ld-linux-/ },
  musl: { format: 'ELF', needs: /^libc\.so$/ },
  darwin: { format: 'Mach-O', needs: /^\/usr\/lib\/libSystem\.B\.dylib$/ },
  // Windows finds Node-API in the program that loads the library.
  win32: { format: 'PE32+', needs: /^NODE\.EXE$|^KERNEL32\.dll$|^api-ms-win-crt-/ },
} as const;

/** What an installed package is: `dist`, `prebuilds`, and `node_modules` in reach. */
let installation: string;

beforeAll(() => {
  installation = mkdtempSync(path.join(tmpdir(), 'nt-prebuilds-'));
  mkdirSync(path.join(installation, 'prebuilds'));
});

afterAll(() => {
  rmSync(installation, { recursive: true });
});

const builds = new Map<NativeTarget, Promise<string>>();

/** The file of a platform, built when it is first asked for. */
function prebuild(target: NativeTarget): Promise<string> {
  const output = path.join(installation, 'prebuilds', `${target}.node`);
  const start = async (): Promise<string> => {
    await (buildPrebuild as (platform: string, output: string) => Promise<void>)(target, output);
    return output;
  };
  const build = builds.get(target) ?? start();
  builds.set(target, build);
  return build;
}

it('the release has a binary for every platform that the engine looks for', () => {
  expect(Object.keys(platforms as object)).toEqual(nativeTargets);
});

describe.runIf(needsZig())('binaries of the release', { timeout: buildMilliseconds }, () => {
  it.each(built)(
    '%s: a library of that system and processor, which asks for nothing but its C library',
    async (target) => {
      const [system, processor, libc] = target.split('-') as ['linux' | 'darwin' | 'win32', string, 'musl' | undefined];
      const { format, needs } = formats[libc ?? system];
      const found = readBinaryFormat(readFileSync(await prebuild(target)));
      expect(found).toMatchObject({ format, processor });
      expect(found.exports).toContain('napi_register_module_v1');
      expect(found.needs.length).toBeGreaterThan(0);
      for (const library of found.needs) expect(library).toMatch(needs);
      // macOS starts nothing unsigned on ARM.
      if (target === 'darwin-arm64') expect(found.isSigned).toBe(true);
    },
  );

  it('glibc of 2012 is new enough', async () => {
    const text = readFileSync(await prebuild('linux-x64'), 'latin1');
    const versions = Array.from(text.matchAll(/GLIBC_2\.(\d+)/g), ([, minor]) => Number(minor));
    expect(Math.max(...versions)).toBeLessThanOrEqual(17);
  });
});

describe.runIf(needsZig() && process.platform === 'linux' && process.arch === 'x64')(
  'an installed package',
  { timeout: buildMilliseconds },
  () => {
    beforeAll(async () => {
      symlinkSync(path.join(root, 'node_modules'), path.join(installation, 'node_modules'), 'junction');
      await bundle({
        entryPoints: [path.join(root, 'src/index.ts')],
        outfile: path.join(installation, 'dist/index.js'),
        ...{ bundle: true, format: 'esm', conditions: ['@nt/source'], external: ['@tensorflow/*'], logLevel: 'error' },
      });
      writeFileSync(path.join(installation, 'program.mjs'), program);
    });

    it('runs the fastest set of this processor in Node on glibc', async () => {
      const found = await runProgram(process.execPath, await prebuild('linux-x64'));
      expect(found).toEqual({ ...expected(), usesGlibc: true });
    });

    it.runIf(needsMuslNode())('runs it in Node on musl, where it has the choice between both binaries', async () => {
      await prebuild('linux-x64');
      const found = await runProgram(muslNode, await prebuild('linux-x64-musl'));
      expect(found).toEqual({ ...expected(), usesGlibc: false });
    });
  },
);

describe.runIf(needsZig() && process.platform === 'linux' && process.arch === 'x64')(
  'a binary of another platform passes its self-test, conformance and a training like that of this one',
  { timeout: buildMilliseconds },
  () => {
    let here: Promise<BinaryReport>;

    beforeAll(async () => {
      await bundle({
        entryPoints: [path.join(import.meta.dirname, 'whole-binary.ts')],
        outfile: path.join(installation, 'whole/binary.mjs'),
        ...{ bundle: true, format: 'esm', platform: 'node', conditions: ['@nt/source'], logLevel: 'error' },
        // Packages in the old module format ask for Node's own modules.
        banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
      });
      here = runWholeBinary(process.execPath, 'linux-x64');
    });

    it.runIf(needsArm64Node())('linux-arm64, emulated', async () => {
      expectSame(await runWholeBinary(arm64Node, 'linux-arm64'), await here, ['neon']);
    });

    // Wine is too large a part for every machine: by hand.
    if (windowsNode !== '') {
      it('win32-x64, under Wine', async () => {
        expectSame(await runWholeBinary(windowsNode, 'win32-x64'), await here, (await here).sets);
      });
    }
  },
);

/** Sets differ in the last bits. */
function expectSame(report: BinaryReport, here: BinaryReport, sets: readonly string[]): void {
  expect(report).toMatchObject({ kernelSet: `native-${sets[0]}`, limitations: [], passed: sets, sets, failures: [] });
  expect(report.losses.at(-1)).toBeLessThan(0.95 * report.losses[0]!);
  for (const [i, loss] of report.losses.entries())
    expect(Math.abs(loss / here.losses[i]! - 1)).toBeLessThan(setsTolerance);
}

async function runWholeBinary(node: string, target: NativeTarget): Promise<BinaryReport> {
  const report = path.join(installation, `report-${target}.json`);
  const parameters = [path.join(installation, 'whole/binary.mjs'), await prebuild(target), report];
  const env = { ...process.env, NT_KERNELS: '', XDG_CACHE_HOME: path.join(installation, 'cache') };
  await promisify(execFile)(node, parameters, { env });
  return JSON.parse(readFileSync(report, 'utf8')) as BinaryReport;
}

function expected(): object {
  const fastest = fastestSetOfThisProcessor();
  return { kernelSet: `native-${fastest}`, product: 200, fastest, selfTests: true };
}

/** Says what the engine found and loaded, and tests each set of the binary named. */
const program = `
import { createRequire } from 'node:module';
import { createCpuBackend } from './dist/index.js';
const backend = await createCpuBackend({ threads: 2 });
const x = backend.ops.tensor(new Float32Array(200 * 200).fill(1), [200, 200]);
const [product] = await backend.ops.matMul(x, x).data();
const { kernelSet } = await backend.describe();
const addon = createRequire(import.meta.url)(process.argv[2]);
const selfTests = addon.sets.every((set) => addon.selfTest(set));
const usesGlibc = 'glibcVersionRuntime' in process.report.getReport().header;
console.log(JSON.stringify({ kernelSet, product, fastest: addon.sets[0], selfTests, usesGlibc }));
await backend.dispose();`;

async function runProgram(node: string, binary: string): Promise<unknown> {
  // What passed its self-test is remembered in a folder of its own.
  const env = { ...process.env, NT_KERNELS: '', XDG_CACHE_HOME: path.join(installation, 'cache') };
  const parameters = [path.join(installation, 'program.mjs'), binary];
  return JSON.parse((await promisify(execFile)(node, parameters, { env })).stdout);
}
