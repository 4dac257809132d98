#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { testAll } from './test-all/test-all.mjs';

const { values } = parseArgs({
  options: {
    package: { type: 'string', multiple: true, default: [] },
    root: { type: 'string', default: fileURLToPath(new URL('..', import.meta.url)) },
  },
});

process.exitCode = await testAll({ root: values.root, only: values.package });
