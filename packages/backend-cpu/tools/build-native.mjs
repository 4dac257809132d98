// Builds the native kernels for this machine into prebuilds/, with the machine's own compiler (CC, else clang, gcc, cc).
//
//   node tools/build-native.mjs             builds, or fails and says why
//   node tools/build-native.mjs --set-up    builds where that is possible within 20 s; else says in one line what is used
//
// --headers=FOLDER names Node-API's declarations, where the development dependencies are not installed.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { answers, compileNative, hashOfNativeSources, stampOf } from './compile-native.mjs';
import { root } from './kernel-sources.mjs';

/** Where nothing may be left out, it takes what it takes. */
const patienceSeconds = process.env.NT_REQUIRE_ALL === '1' ? 600 : 20;
const processors = ['x64', 'arm64'];
const linkerFlags = { linux: ['-s', '-lm'], darwin: ['-Wl,-undefined,dynamic_lookup', '-Wl,-x'] };

const target = `${process.platform}-${process.arch}${usesMusl() ? '-musl' : ''}`;
export const binary = path.join(root, 'prebuilds', `${target}.node`);

/** True when the binary for this machine is there and was built from the present sources. */
export const isBuilt = () =>
  existsSync(binary) && existsSync(stampOf(binary)) && readFileSync(stampOf(binary), 'utf8') === hashOfNativeSources();

/** Why no binary can be built on this machine; undefined when it can. */
export function whyNotHere() {
  if (!linkerFlags[process.platform]) return `${process.platform} needs the release build`;
  if (!processors.includes(process.arch)) return `there are no kernels for ${process.arch}`;
  if (!findCompiler()) return 'no C compiler was found (clang, gcc or cc; CC names another)';
  return undefined;
}

async function buildNative({ headers, signal }) {
  await compileNative({
    arch: process.arch,
    compiler: [findCompiler()],
    compilerFlags: ['-fPIC', '-w'],
    linkerFlags: linkerFlags[process.platform],
    precompile: true,
    headers,
    output: binary,
    signal,
  });
}

function findCompiler() {
  return [process.env.CC, 'clang', 'gcc', 'cc'].find((command) => command && answers(command));
}

function usesMusl() {
  process.report.excludeNetwork = true;
  return process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
}

async function setUp(headers) {
  if (isBuilt()) return;
  const why = whyNotHere() ?? (await tryToBuild(headers));
  if (!why) return;
  rmSync(binary, { force: true });
  console.error(`Native CPU kernels were not built (${why}): WebAssembly is used, about half as fast.`);
}

async function tryToBuild(headers) {
  try {
    await buildNative({ headers, signal: AbortSignal.timeout(patienceSeconds * 1000) });
    return undefined;
  } catch (error) {
    if (error.name === 'AbortError') return `compiling took more than ${patienceSeconds} s`;
    const [firstLine] = String(error.stderr || error.message)
      .trim()
      .split('\n');
    return `${findCompiler()}: ${firstLine}`;
  }
}

async function buildOrThrow(headers) {
  const why = whyNotHere();
  if (why) throw new Error(`The native kernels cannot be built here: ${why}.`);
  const start = performance.now();
  await buildNative({ headers });
  console.log(`${path.relative(process.cwd(), binary)} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const options = { 'set-up': { type: 'boolean' }, headers: { type: 'string' } };
  const { 'set-up': setsUp, headers } = parseArgs({ options }).values;
  if (setsUp) await setUp(headers);
  else await buildOrThrow(headers);
}
