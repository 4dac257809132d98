// Builds the native kernels for this machine into prebuilds/, with the machine's own compiler (CC, else clang, gcc, cc).
//
//   node tools/build-native.mjs             builds, or fails and says why
//   node tools/build-native.mjs --set-up    builds where that is possible within 20 s; else says what is used, and how to
//                                           build: once, and does not try the same sources again
//
// --headers=FOLDER names Node-API's declarations, where the development dependencies are not installed; --output=FILE and
// --patience=SECONDS are for the tests.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { answers, compileNative, hashOfNativeSources, stampOf } from './compile-native.mjs';
import { root } from './kernel-sources.mjs';

/** Where nothing may be left out, it takes what it takes. */
const requiresAll = process.env.NT_REQUIRE_ALL === '1';
const usualPatienceSeconds = requiresAll ? 600 : 20;
const processors = ['x64', 'arm64'];
const linkerFlags = { linux: ['-s', '-lm'], darwin: ['-Wl,-undefined,dynamic_lookup', '-Wl,-x'] };

const target = `${process.platform}-${process.arch}${usesMusl() ? '-musl' : ''}`;
export const binary = path.join(root, 'prebuilds', `${target}.node`);

/** True when the binary for this machine is there and was built from the present sources. */
export const isBuilt = (file = binary) =>
  existsSync(file) && existsSync(stampOf(file)) && readFileSync(stampOf(file), 'utf8') === hashOfNativeSources();

/** Why no binary can be built on this machine; undefined when it can. */
export function whyNotHere() {
  if (!linkerFlags[process.platform]) return `${process.platform} needs the release build`;
  if (!processors.includes(process.arch)) return `there are no kernels for ${process.arch}`;
  if (!findCompiler()) return 'no C compiler was found (clang, gcc or cc; CC names another)';
  return undefined;
}

async function buildNative({ headers, output, signal }) {
  await compileNative({
    arch: process.arch,
    compiler: [findCompiler()],
    compilerFlags: ['-fPIC', '-w'],
    linkerFlags: linkerFlags[process.platform],
    precompile: true,
    headers,
    output,
    signal,
  });
  rmSync(missOf(output), { force: true });
}

/** Beside a binary that could not be built: from which sources, with which compiler, and why. */
const missOf = (output) => output.replace(/\.node$/, '.not-built');

function findCompiler() {
  return [process.env.CC, 'clang', 'gcc', 'cc'].find((command) => command && answers(command));
}

function usesMusl() {
  process.report.excludeNetwork = true;
  return process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
}

async function setUp({ headers, output, patience }) {
  if (isBuilt(output)) return;
  const missing = whyNotHere();
  const attempt = JSON.stringify([hashOfNativeSources(), missing ?? findCompiler()]);
  // Has been tried and said: the same again would take as long at every start, and tell nothing.
  if (!requiresAll && remembered(output) === attempt) return;
  const why = missing ?? (await tryToBuild({ headers, output, patience }));
  if (!why) return;
  rmSync(output, { force: true });
  mkdirSync(path.dirname(output), { recursive: true });
  writeFileSync(missOf(output), attempt);
  const here = (file) => path.relative(process.cwd(), file);
  const again = [here(path.join(root, 'tools/build-native.mjs')), ...(headers ? [`--headers=${here(headers)}`] : [])];
  console.error(
    `Native CPU kernels were not built (${why}): WebAssembly is used, about half as fast. To build them: ` +
      `node ${again.join(' ')}. This is said and tried once.`,
  );
}

const remembered = (output) => (existsSync(missOf(output)) ? readFileSync(missOf(output), 'utf8') : undefined);

async function tryToBuild({ headers, output, patience }) {
  try {
    await buildNative({ headers, output, signal: AbortSignal.timeout(patience * 1000) });
    return undefined;
  } catch (error) {
    if (error.name === 'AbortError') return `compiling took more than ${patience} s, on a busy machine perhaps`;
    const [firstLine] = String(error.stderr || error.message)
      .trim()
      .split('\n');
    return `${findCompiler()}: ${firstLine}`;
  }
}

async function buildOrThrow({ headers, output }) {
  const why = whyNotHere();
  if (why) throw new Error(`The native kernels cannot be built here: ${why}.`);
  const start = performance.now();
  await buildNative({ headers, output });
  console.log(`${path.relative(process.cwd(), output)} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const options = {
    'set-up': { type: 'boolean' },
    headers: { type: 'string' },
    output: { type: 'string', default: binary },
    patience: { type: 'string', default: String(usualPatienceSeconds) },
  };
  const { 'set-up': setsUp, headers, output, patience } = parseArgs({ options }).values;
  if (setsUp) await setUp({ headers, output, patience: Number(patience) });
  else await buildOrThrow({ headers, output });
}
