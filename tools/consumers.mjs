#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { consumers } from './consumers/consumers.mjs';
import { tryConsumers } from './consumers/try-consumers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

process.exitCode = await tryConsumers({ root, consumers, only: process.argv.slice(2) });
