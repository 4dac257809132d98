import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
/** V8 had the instructions of `wasm-relaxed` before they were for all. */
const relaxed = Number.parseInt(process.versions.node, 10) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];
const fromSources = [...relaxed, '--conditions=@nt/source', '--import', tsx];
const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
/** The kernels that Chromium has: the same ones give the same bits. */
const env: NodeJS.ProcessEnv = {
  ...process.env,
  NO_COLOR: '1',
  NT_KERNELS: 'wasm-relaxed',
  NT_THREADS: '2',
  NODE_ENV: undefined,
};

/** How a program of this repository runs on these kernels. */
export const inNodeEnvironment: { readonly flags: readonly string[]; readonly env: NodeJS.ProcessEnv } = {
  flags: fromSources,
  env,
};

/** Runs a command line of `nt` as it is shown to people, in `folder`. @returns stdout */
export async function nt(folder: string, line: string): Promise<string> {
  const words = [...line.replaceAll('\\\n', ' ').matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(
    ([, quoted, plain]) => plain ?? quoted!.replace(/\\(.)/g, '$1'),
  );
  const [command, ...parameters] = words;
  if (command !== 'nt') throw new Error(`expected a command line of nt, found ${line}`);
  const { stdout } = await promisify(execFile)(process.execPath, [...fromSources, main, ...parameters], {
    cwd: folder,
    env,
  });
  return stdout;
}

/** Runs a program of `folder` with the packages of this repository. @returns stdout */
export async function runProgram(path: string, folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...fromSources, path], { cwd: folder, env });
  return stdout;
}
