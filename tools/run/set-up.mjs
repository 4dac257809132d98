// After the installation: the CPU engine's native kernels, where this machine can compile them. Node-API's declarations
// come from this package, since the demo installs no development dependencies.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { include_dir as headers } from 'node-api-headers';

const build = fileURLToPath(new URL('../../packages/backend-cpu/tools/build-native.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [build, '--set-up', `--headers=${headers}`], { stdio: 'inherit' });
process.exitCode = status ?? 1;
