import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemorySink } from '../src/index.ts';
import { openEventFile } from '../src/node/index.ts';
import { logEverything } from './log-everything.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorboard-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('openEventFile', () => {
  it('creates the folder and a file with the name that TensorBoard looks for', () => {
    const file = openEventFile(join(folder, 'runs', 'one'), () => 1_700_000_000_999);
    file.close();
    expect(readdirSync(join(folder, 'runs', 'one'))).toEqual([
      expect.stringMatching(/^events\.out\.tfevents\.1700000000\./),
    ]);
    expect(file.path).toContain('events.out.tfevents.1700000000.');
  });

  it('never touches an existing file', () => {
    const files = [1, 2, 3].map((byte) => {
      const file = openEventFile(folder, () => 0);
      file.write(Uint8Array.of(byte));
      return file;
    });
    for (const file of files) file.close();
    expect(files.map((file) => [...readFileSync(file.path)])).toEqual([[1], [2], [3]]);
  });

  it('holds what was written before it is closed', () => {
    const file = openEventFile(folder);
    file.write(Uint8Array.of(1, 2, 3));
    expect([...readFileSync(file.path)]).toEqual([1, 2, 3]);
    file.close();
  });

  it('has the same bytes as a file in memory', () => {
    const [file, memory] = [openEventFile(folder), createMemorySink()];
    logEverything(file);
    logEverything(memory);
    expect(Buffer.compare(readFileSync(file.path), memory.bytes())).toBe(0);
  });

  it('passes on the errors of the file system', () => {
    const file = openEventFile(folder);
    file.close();
    expect(() => openEventFile(file.path)).toThrow(/EEXIST|ENOTDIR/);
  });
});
