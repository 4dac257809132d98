#!/usr/bin/env node
// `pnpm docs:site`: see docs/build-site.mjs.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSite } from './docs/build-site.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'reports/docs');
if (await buildSite({ root, out })) console.log(`The site is in ${out}; open its index.html.`);
else process.exitCode = 1;
