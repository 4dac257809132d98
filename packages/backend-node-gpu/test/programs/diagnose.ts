import { createStockCpu } from '@nt/engine-tests/programs';
import { getBackend } from '@tensorflow/tfjs-core';
import { diagnose } from '../../src/index.ts';
import { hidePeer } from '../hide-peer.ts';
import { loadBuiltPackage } from '../load-built-package.ts';

const folder = process.argv[2];
if (!folder) hidePeer();

const cpu = await createStockCpu();
const diagnosis = await diagnose(folder ? { load: () => loadBuiltPackage(folder) } : {});
console.log(JSON.stringify({ diagnosis, active: getBackend() }));
await cpu.dispose();
