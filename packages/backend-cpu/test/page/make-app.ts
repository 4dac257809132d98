import { execFile } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../../..');
const packages = path.join(root, 'packages');
const resolver = createRequire(import.meta.filename);

/** Our packages that a page needs; both as npm would install them. */
export const ownPackages = ['backend-cpu', 'tensor'] as const;

/**
 * Makes the folder of an app that has installed our packages: `src/index.js`, and packages in `node_modules` that are
 * built as for publishing, so that bundlers meet what users' bundlers meet.
 */
export async function makeApp(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'node_modules/@tensorflow'), { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "name": "app", "private": true, "type": "module" }');
  await Promise.all([
    build({
      entryPoints: [path.join(import.meta.dirname, 'page.ts')],
      bundle: true,
      packages: 'external',
      format: 'esm',
      outfile: path.join(folder, 'src/index.js'),
    }),
    ...ownPackages.map((name) => install(name, folder)),
    ...['tfjs-core', 'tfjs-backend-cpu'].map((name) =>
      symlink(
        path.join(packages, 'backend-cpu/node_modules/@tensorflow', name),
        path.join(folder, 'node_modules/@tensorflow', name),
        'junction', // which Windows lets everybody make, unlike other links
      ),
    ),
  ]);
}

async function install(name: (typeof ownPackages)[number], folder: string): Promise<void> {
  const [from, to] = [path.join(packages, name), path.join(folder, 'node_modules/@nt', name)];
  await mkdir(to, { recursive: true });
  await cp(path.join(from, 'package.json'), path.join(to, 'package.json'));
  const tsup = path.join(path.dirname(resolver.resolve('tsup/package.json')), 'dist/cli-default.js');
  const flags = ['--no-dts', '--no-sourcemap', '--silent', '--out-dir', path.join(to, 'dist')];
  await promisify(execFile)(process.execPath, [tsup, ...flags], { cwd: from });
}
