import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtAddon, builtPackage } from './needs.ts';

/** Ways in which the real package fails. */
export type Damage = 'not built' | 'library missing' | 'dependency missing' | 'other version';

const damages: Record<Damage, (folder: string) => void> = {
  'not built': (folder) => rmSync(join(folder, 'lib'), { recursive: true }),
  // The loader looks for another name of the same length: what a machine without the library looks like.
  'library missing': (folder) => replaceIn(join(folder, builtAddon), 'libtensorflow_cc.so.2', 'libtensorflow_cc.so.9'),
  'dependency missing': (folder) => rmSync(join(folder, '../../@mapbox')),
  'other version': (folder) => replaceIn(join(folder, 'dist/version.js'), "'4.22.0'", "'4.21.0'"),
};

/** A copy of the built package with one thing wrong. @returns its folder, and what removes it */
export function breakPackage(damage: Damage): { readonly folder: string; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'nt-node-gpu-'));
  const modules = dirname(dirname(builtPackage.replace(/\/$/, '')));
  const folder = join(root, 'node_modules/@tensorflow/tfjs-node-gpu');
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(builtPackage, folder, { recursive: true });
  link(modules, join(root, 'node_modules'), '@tensorflow');
  link(join(modules, '@tensorflow'), dirname(folder), 'tfjs-node-gpu');
  damages[damage](folder);
  return { folder, remove: () => rmSync(root, { recursive: true }) };
}

/** Every entry of `from` but one appears in `to`. */
function link(from: string, to: string, but: string): void {
  for (const name of readdirSync(from)) {
    if (name !== but && !name.startsWith('.')) symlinkSync(join(from, name), join(to, name));
  }
}

function replaceIn(file: string, from: string, to: string): void {
  const before = readFileSync(file, 'latin1');
  if (!before.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(file, before.replaceAll(from, to), 'latin1');
}
