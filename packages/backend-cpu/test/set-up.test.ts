import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { needsShell } from './needs.ts';

const tool = path.join(import.meta.dirname, '../tools/build-native.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'nt-set-up-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A compiler that only notes that it was asked to compile, and how it goes on. */
function compiler(name: string, then: string): string {
  const file = path.join(folder, name);
  const body = `#!/bin/sh\n[ "$1" = --version ] && exit 0\necho asked >> ${file}.asked\n${then}\n`;
  writeFileSync(file, body);
  chmodSync(file, 0o755);
  return file;
}

async function setUp(CC: string, output: string): Promise<string> {
  const parameters = [tool, '--set-up', `--headers=${folder}`, `--output=${path.join(folder, output)}`, '--patience=1'];
  const { NT_REQUIRE_ALL: _, ...env } = process.env;
  return (await promisify(execFile)(process.execPath, parameters, { env: { ...env, CC } })).stderr;
}

describe.runIf(needsShell())('the set-up, where kernels cannot be built', () => {
  it.each([
    ['takes too long', 'exec sleep 30', /took more than 1 s/],
    ['fails', 'echo no such option >&2; exit 1', /no such option/],
  ])('a compiler that %s: says so and how to build, once', { timeout: 60_000 }, async (name, then, reason) => {
    const slug = name.replaceAll(' ', '-');
    const CC = compiler(slug, then);
    const first = await setUp(CC, `${slug}.node`);
    expect(first).toMatch(reason);
    // With the declarations that were named: an installation without development dependencies finds no others.
    const [, advised = '', headers = ''] = /: node (\S+) --headers=(\S+)\. This/.exec(first) ?? [];
    expect([path.resolve(advised), path.resolve(headers)]).toEqual([tool, folder]);
    rmSync(`${CC}.asked`);
    expect(await setUp(CC, `${slug}.node`)).toBe('');
    expect(existsSync(`${CC}.asked`)).toBe(false);
    // Another compiler may do better.
    expect(await setUp(compiler(`${slug}-other`, then), `${slug}.node`)).toMatch(reason);
  });
});
