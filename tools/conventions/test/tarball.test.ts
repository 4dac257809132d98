import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packPackage } from '../../consumers/pack-package.mjs';
import { checkTarball } from '../../release/check-tarball.mjs';
import { nativePlatforms } from '../../release/native-platforms.mjs';
import { readTarball } from '../../release/read-tarball.mjs';
import { makeFolder, repository } from './fixture.ts';

const manifest = {
  exports: { '.': { '@nt/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } },
  bin: { nt: './dist/main.js' },
  files: ['dist', 'src', 'prebuilds/*.node'],
  dependencies: { '@nt/tensor': '^0.1.0' },
};
const paths = [
  'package.json',
  'README.md',
  'LICENSE',
  'src/index.ts',
  'dist/index.d.ts',
  'dist/index.js',
  'dist/main.js',
];
const files = paths.map((path) => ({ path, bytes: 1 }));
const binaries = nativePlatforms.map((platform) => ({ path: `prebuilds/${platform}.node`, bytes: 1 }));
const without = (...gone: string[]) => files.filter(({ path }) => !gone.includes(path));
const whole = { manifest, files, isRelease: false };

describe('a tarball', () => {
  it('is whole with what its manifest promises; a release needs the binaries of all platforms', () => {
    expect(checkTarball(whole)).toEqual([]);
    expect(checkTarball({ ...whole, files: [...files, ...binaries], isRelease: true })).toEqual([]);
    expect(checkTarball({ ...whole, files: [...files, ...binaries.slice(1)], isRelease: true })).toEqual([
      'lacks prebuilds/linux-x64.node',
    ]);
    expect(checkTarball({ manifest: { ...manifest, files: ['dist'] }, files, isRelease: true })).toEqual([]);
    const bundled = { ...manifest, files: ['dist', 'dist/prebuilds/*.node'] };
    expect(checkTarball({ manifest: bundled, files, isRelease: true })).toContain(
      'lacks dist/prebuilds/linux-x64.node',
    );
  });

  it.each<[string, Partial<Parameters<typeof checkTarball>[0]>]>([
    ...paths.slice(1).map((path): [string, object] => [`lacks ${path}`, { files: without(path) }]),
    ['dist/index.js is empty', { files: [...without('dist/index.js'), { path: 'dist/index.js', bytes: 0 }] }],
    ['NOTICE, which says whose', { files: [...files, { path: 'examples/births.csv', bytes: 9 }] }],
    ['has test/one.js', { files: [...files, { path: 'test/one.js', bytes: 9 }] }],
    ['has src/one.test.ts', { files: [...files, { path: 'src/one.test.ts', bytes: 9 }] }],
    ['workspace:^, which no registry knows', { manifest: { ...manifest, dependencies: { a: 'workspace:^' } } }],
    ['catalog:, which no registry knows', { manifest: { ...manifest, peerDependencies: { a: 'catalog:' } } }],
  ])('is broken: %s', (problem, fields) => {
    expect(checkTarball({ ...whole, ...fields })).toEqual([expect.stringContaining(problem)]);
  });

  it('names the platforms that the release build makes', () => {
    const build = readFileSync(join(repository, 'packages/backend-cpu/tools/build-prebuilds.mjs'), 'utf8');
    expect([...build.matchAll(/^ {2}'([\w-]+)': \{ zigTarget/gm)].map(([, name]) => name)).toEqual(nativePlatforms);
  });

  it('of a package that was never built is whole: packing builds it', { timeout: 180_000 }, () => {
    const tarball = packPackage(repository, '@nt/schedulers', makeFolder({}));
    const packed = readTarball(tarball);
    const inside = JSON.parse(packed.find(({ path }) => path === 'package.json')!.text());
    expect(inside.name).toBe('@nt/schedulers');
    expect(checkTarball({ manifest: inside, files: packed, isRelease: true })).toEqual([]);
  });
});
