import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDeclaredDependencies } from '../src/check-declared-dependencies.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, manifestWith, optim, repository } from './fixture.ts';

const rootManifest = { name: 'root', devDependencies: { vitest: '4.1.12' } };
const quiet = { ...optim, 'packages/optim/src/tfjs/index.ts': 'export {};\n' };

describe('imported packages', () => {
  it('are declared in this repository, without a circle', () => {
    const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    expect(checkDeclaredDependencies(readWorkspace(repository), manifest)).toEqual([]);
  });

  it('may be declared at the root when only tests use them', () => {
    expect(checkDeclaredDependencies(makeWorkspace(quiet), rootManifest)).toEqual([]);
  });

  it('fail when library code uses one that its users do not get', () => {
    const files = {
      ...quiet,
      'packages/tensor/package.json': manifestWith({ devDependencies: { 'pure-rand': '8.4.2' } }),
      'packages/tensor/src/bad.ts': "import 'pure-rand/generator/x';\nimport 'vitest';\nimport 'node:fs';",
    };
    expect(checkDeclaredDependencies(makeWorkspace(files), rootManifest)).toEqual([
      expect.stringContaining('src/bad.ts: imports pure-rand'),
      expect.stringContaining('src/bad.ts: imports vitest'),
    ]);
  });

  it('fail when a test uses one that nobody declares', () => {
    const files = { ...quiet, 'packages/tensor/test/bad.test.ts': "import '@nt/optim';" };
    expect(checkDeclaredDependencies(makeWorkspace(files), rootManifest)).toEqual([
      expect.stringContaining('test/bad.test.ts: imports @nt/optim'),
    ]);
  });

  it('fail when packages need each other, if only for tests', () => {
    const circular = manifestWith({ devDependencies: { '@nt/optim': 'workspace:^' } });
    const found = checkDeclaredDependencies(
      makeWorkspace({ ...quiet, 'packages/tensor/package.json': circular }),
      rootManifest,
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toContain('@nt/optim needs itself');
  });
});
