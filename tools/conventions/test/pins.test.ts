import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCatalog, checkExactVersions, checkPnpmPin } from '../src/check-pins.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, manifestWith, repository } from './fixture.ts';

const rootManifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const pinned = { name: 'root', packageManager: 'pnpm@12.21.0' };

describe('versions', () => {
  it('are exact in this repository', () => {
    const workspace = readWorkspace(repository);
    expect([...checkExactVersions(workspace, rootManifest), ...checkCatalog(workspace)]).toEqual([]);
  });

  it('may be ranges for peers only', () => {
    const fields = {
      peerDependencies: { tslib: '>=2 <3' },
      dependencies: { '@nt/optim': 'workspace:^', tslib: 'catalog:' },
    };
    expect(checkExactVersions(makeWorkspace({ 'packages/tensor/package.json': manifestWith(fields) }), pinned)).toEqual(
      [],
    );
  });

  it.each([
    { dependencies: { tslib: '^2.0.0' } },
    { devDependencies: { tslib: 'latest' } },
    { dependencies: { '@nt/optim': 'workspace:*' } },
  ])('fail with %j', (fields) => {
    const found = checkExactVersions(makeWorkspace({ 'packages/tensor/package.json': manifestWith(fields) }), pinned);
    expect(found).toEqual([expect.stringContaining('expected an exact version')]);
  });

  it('fail at the root and in the catalog', () => {
    const workspace = makeWorkspace({
      'pnpm-workspace.yaml': "packages:\n  - packages/*\ncatalog:\n  'tslib': ^2.0.0\nother: 1\n",
    });
    expect(checkExactVersions(workspace, { name: 'root', devDependencies: { tslib: '~2.0.0' } })).toHaveLength(1);
    expect(checkCatalog(workspace)).toEqual([expect.stringContaining("catalog 'tslib': ^2.0.0")]);
  });
});

describe('the version of pnpm', () => {
  it('is the same everywhere in this repository', () => {
    expect(checkPnpmPin(readWorkspace(repository), rootManifest)).toEqual([]);
  });

  it('fails where a file names another one', () => {
    const other = ['pnpm', '9.1.0'].join('@');
    const found = checkPnpmPin(makeWorkspace({ 'README.md': `npx --yes ${other} install` }), pinned);
    expect(found).toEqual([`README.md: ${other}: expected pnpm@12.21.0, as in package.json`]);
  });

  it('fails when nothing pins it', () => {
    expect(checkPnpmPin(makeWorkspace(), { name: 'root' })).toHaveLength(1);
  });
});
