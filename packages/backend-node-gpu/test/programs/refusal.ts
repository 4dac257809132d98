import { createNodeGpuBackend } from '../../src/index.ts';
import { hidePeer } from '../hide-peer.ts';
import { loadBuiltPackage } from '../load-built-package.ts';
import { thrownBy } from '../thrown-by.ts';

const folder = process.argv[2];
if (!folder) hidePeer();

const options = folder ? { load: () => loadBuiltPackage(folder) } : {};
console.log(JSON.stringify(await thrownBy(() => createNodeGpuBackend(options))));
