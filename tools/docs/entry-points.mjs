import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every entry of every published package, as its package.json names it.
 *
 * @param {string} root
 */
export function entryPoints(root) {
  return readdirSync(join(root, 'packages')).flatMap((folder) => {
    const {
      name,
      exports = {},
      private: isPrivate,
    } = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
    if (isPrivate) return [];
    return Object.entries(exports).flatMap(([entry, target]) => {
      const source = target['@nt/source'];
      if (!source) return [];
      return { name: `${name}${entry.slice(1)}`, file: join('packages', folder, source).replaceAll('\\', '/') };
    });
  });
}
