import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

/** How a run of `nt` ended. */
export interface NtResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `nt`. */
export interface RunningNt {
  readonly process: ChildProcess;
  readonly ended: Promise<NtResult>;
  /** What it has written to stderr so far. */
  readonly stderr: () => string;
}

/** Starts `nt`, bundled from its sources, in `folder`. */
export const startNt = (folder: string, ...parameters: string[]): RunningNt =>
  startProgram(inject('nt'), folder, parameters);

/** Starts a copy of the bundled `nt`. */
export function startProgram(program: string, folder: string, parameters: readonly string[]): RunningNt {
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', NT_THREADS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<NtResult>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { process: child, ended, stderr: () => stderr };
}

/** Runs `nt` to its end. */
export const nt = (folder: string, ...parameters: string[]): Promise<NtResult> => startNt(folder, ...parameters).ended;

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'nt-cli-'));

/** The first `rows` days of the demo's file. */
export function writeBirths(folder: string, rows: number): void {
  const lines = readFileSync(new URL('../examples/us-births.csv', import.meta.url), 'utf8').split('\n');
  writeFileSync(join(folder, 'births.csv'), `${lines.slice(0, rows + 1).join('\n')}\n`);
}

/** Flags of a training run of a second or two. */
export const quick: readonly string[] = [
  'train',
  '-d',
  'births.csv',
  '--target',
  'births',
  '--horizon',
  '7',
  '--input-size',
  '28',
  '--hidden-size',
  '16',
  '--epochs',
  '3',
  '--batch-size',
  '32',
  '--patience',
  '0',
];

/** Flags of a run of half a second on 60 rows: 15 updates of a network of some fifty weights. */
export const tiny: readonly string[] = [
  ...['train', '-d', 'births.csv', '--target', 'births', '--horizon', '2', '--input-size', '4', '--hidden-size', '3'],
  ...['--variant', 'paper', '--n-stacks', '1', '--epochs', '3', '--batch-size', '8', '--lr', '0.01'],
];

export const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
