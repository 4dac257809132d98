import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** A copy of the bundled command with what users install beside it for queues on servers. @returns the path of its program */
export function ntWithServers(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nt-queue-'));
  cpSync(dirname(inject('nt')), join(folder, 'nt'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['bullmq', 'ioredis', 'pg']) {
    const installed = fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url));
    symlinkSync(installed, join(folder, 'node_modules', name), 'junction');
  }
  return join(folder, 'nt', 'index.js');
}
