import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a process has used, as it has told at its end. */
export interface ProcessUsage {
  /** Peak of its memory. */
  readonly megabytes: number;
  /** Of a processor, over all threads. */
  readonly seconds: number;
  readonly isWorker: boolean;
}

export interface NtRun {
  /** From start to end. */
  readonly seconds: number;
  /** The command's own, and those that it started. */
  readonly processes: readonly ProcessUsage[];
}

const preload = fileURLToPath(new URL('./peak-memory.mjs', import.meta.url));

/** Runs the bundle that lies in `nt` of this folder, quietly. Throws what it prints when it fails. */
export function runNt(folder: string, words: readonly string[], nodeOptions = ''): NtRun {
  const peaks = mkdtempSync(join(folder, 'peaks-'));
  const env = { ...process.env, NODE_OPTIONS: `--import ${preload} ${nodeOptions}`, NT_PEAK_FOLDER: peaks };
  const start = performance.now();
  const parameters = [join(folder, 'nt/index.js'), ...words, '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, parameters, { env, encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(stderr);
  const processes = readdirSync(peaks).map((name): ProcessUsage => JSON.parse(readFileSync(join(peaks, name), 'utf8')));
  rmSync(peaks, { recursive: true });
  return { seconds, processes };
}
