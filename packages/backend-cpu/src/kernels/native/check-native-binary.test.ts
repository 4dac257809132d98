import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { checkNativeBinary } from './check-native-binary.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'nt-check-'));
  // Where it remembers on Linux, Windows and macOS.
  vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'cache'));
  vi.stubEnv('LOCALAPPDATA', path.join(folder, 'cache'));
  vi.stubEnv('HOME', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
});

/** A stand-in for a binary: what a child process loads and calls. */
function binary(code: string): string {
  const file = path.join(folder, 'binary.cjs');
  writeFileSync(file, code);
  return file;
}

it('a binary that ends its process by an illegal instruction is refused, and this process goes on', () => {
  const failure = checkNativeBinary(binary(`process.kill(process.pid, 'SIGILL'); for (;;);`));
  // Windows has no such signal to send oneself, so that the stand-in ends with a code there.
  const how = process.platform === 'win32' ? 'it did not load' : 'the child process ended by SIGILL';
  expect(failure).toContain(`failed its self-test (${how}`);
});

it.each([
  ['computes wrongly', `exports.sets = ['avx2', 'sse2']; exports.selfTest = (set) => set === 'sse2';`],
  ['has nothing for this processor', `exports.sets = [];`],
  ['does not load', `throw new Error('invalid ELF header');`],
])('a binary that %s is refused', (_, code) => {
  expect(checkNativeBinary(binary(code))).toMatch(/failed its self-test \(it did not load, or computed wrongly\)/);
});

it('what has passed is remembered; another binary is tested again', () => {
  const log = path.join(folder, 'log');
  const code = (version: number): string =>
    `require('node:fs').appendFileSync(${JSON.stringify(log)}, '${version} '); exports.sets = ['neon']; exports.selfTest = () => true;`;
  for (const version of [1, 1, 2, 2]) expect(checkNativeBinary(binary(code(version)))).toBeUndefined();
  expect(readFileSync(log, 'utf8')).toBe('1 2 ');
});

it('what has passed in one runtime has not passed in another, which calls itself the same version of Node', () => {
  const log = path.join(folder, 'log');
  const file = binary(
    `require('node:fs').appendFileSync(${JSON.stringify(log)}, '.'); exports.sets = ['neon']; exports.selfTest = () => true;`,
  );
  const { versions } = process;
  onTestFinished(() => void Object.defineProperty(process, 'versions', { value: versions }));
  for (const runtime of [{}, { bun: '1.4.5' }, { deno: '2.9.6' }, { bun: '1.4.5' }]) {
    Object.defineProperty(process, 'versions', { value: { ...versions, ...runtime } });
    expect(checkNativeBinary(file)).toBeUndefined();
  }
  expect(readFileSync(log, 'utf8')).toBe('...');
});

it('where nothing can be written, a binary that passes is still used', () => {
  vi.stubEnv('XDG_CACHE_HOME', path.join(binary(''), 'not-a-folder'));
  expect(checkNativeBinary(binary(`exports.sets = ['neon']; exports.selfTest = () => true;`))).toBeUndefined();
});
