#!/usr/bin/env node
// node tools/release.mjs [--check | --dry-run | --publish]: see release/release.mjs.
import { fileURLToPath } from 'node:url';
import { release } from './release/release.mjs';

const modes = /** @type {const} */ (['check', 'dry-run', 'publish']);
const [word = '--dry-run', ...more] = process.argv.slice(2);
const mode = modes.find((each) => word === `--${each}`);
if (mode && more.length === 0) {
  process.exitCode = release({ root: fileURLToPath(new URL('..', import.meta.url)), mode });
} else {
  console.error(
    `expected one of ${modes.map((each) => `--${each}`).join(', ')}; found ${process.argv.slice(2).join(' ')}`,
  );
  process.exitCode = 2;
}
