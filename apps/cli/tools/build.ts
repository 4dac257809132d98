// `pnpm -F @nt/cli build`: the published command in dist/.
import { chmod, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleNt } from './bundle-nt.ts';

const folder = fileURLToPath(new URL('../dist', import.meta.url));
await bundleNt(folder);
await writeFile(`${folder}/index.d.ts`, 'export {};\n'); // it is run, not imported
await chmod(`${folder}/index.js`, 0o755);
