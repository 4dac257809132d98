import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation, Workspace } from './workspace.ts';

/** What ties a file to one machine or one network. */
const patterns: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a path of one machine', pattern: /(?<![\w.-])\/(?:home|root|Users|work|tmp|private\/var)\/[\w.-]+/g },
  { what: 'a path of one machine', pattern: /\b[A-Z]:\\Users\\\w+/g },
  { what: 'a folder outside the repository', pattern: /\.\.\/shared\/(?:facts|golden|data|design|spikes)/g },
  {
    what: 'the address of a registry',
    pattern: /https?:\/\/(?:registry\.|[\w.-]+\/(?:artifactory|nexus|simple\/))[^\s'"]*/g,
  },
  { what: 'the address of a tarball', pattern: /^\s+resolution: .*\btarball: *https?:[^\s}]*/gm },
];

const mebibyte = 1 << 20;

/** No tracked text names a path of one machine, or a registry: a stranger's machine has neither. */
export function checkPrivatePlaces({ root, files }: Workspace): Violation[] {
  return files.flatMap((file) => {
    const bytes = readFileSync(join(root, file));
    if (bytes.length > 4 * mebibyte || !isUtf8(bytes) || bytes.includes(0)) return [];
    const text = bytes.toString('utf8');
    return patterns.flatMap(({ what, pattern }) =>
      [...text.matchAll(pattern)].map(({ 0: found, index }) => {
        const line = text.slice(0, index).split('\n').length;
        return `${file}:${line}: ${what}: ${found.trim()}`;
      }),
    );
  });
}
