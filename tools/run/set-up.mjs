// After the installation: the CPU engine's native kernels, where this machine can compile them. Node-API's declarations
// come from this package, since the demo installs no development dependencies.
import { include_dir as headers } from 'node-api-headers';
import { setUp } from '../../packages/backend-cpu/tools/build-native.mjs';

await setUp({ headers });
