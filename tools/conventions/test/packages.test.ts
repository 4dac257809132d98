import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkManifests } from '../src/check-manifests.ts';
import { checkNamedFiles } from '../src/check-named-files.ts';
import { checkRequiredFiles } from '../src/check-required-files.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, manifestWith, repository } from './fixture.ts';

describe('files of a package', () => {
  it('are all there in this repository', () => {
    expect(checkRequiredFiles(readWorkspace(repository))).toEqual([]);
  });

  it.each([
    ['README.md', 'README.md'],
    ['tsconfig.json', 'tsconfig.json'],
    ['src/index.ts', 'src/index.ts'],
    ['examples/one.ts', 'an example'],
    ['test/one.test.ts', 'a test'],
  ])('fail without %s', (file, what) => {
    const { root } = makeWorkspace();
    expect(checkRequiredFiles(readWorkspace(root))).toEqual([]);
    rmSync(join(root, 'packages/tensor', file));
    expect(checkRequiredFiles(readWorkspace(root))[0]).toContain(`@nt/tensor lacks ${what}`);
  });

  it('are few for tools that are scripts only', () => {
    const files = {
      'pnpm-workspace.yaml': 'packages:\n  - tools/run\n',
      'tools/run/package.json': manifestWith({
        name: '@nt/run',
        sideEffects: undefined,
        scripts: {},
        exports: undefined,
      }),
      'tools/run/run.mjs': '',
    };
    const workspace = makeWorkspace(files);
    expect([...checkRequiredFiles(workspace), ...checkManifests(workspace)]).toEqual([]);
    const withSources = makeWorkspace({ ...files, 'tools/run/src/run.ts': '' });
    expect(checkRequiredFiles(withSources)).toContain('tools/run: @nt/run lacks README.md');
  });

  it('are fewer where tests are shared: no build, no example', () => {
    const files = {
      'packages/shared/package.json': manifestWith(sharedTests),
      'packages/shared/README.md': '',
      'packages/shared/tsconfig.json': '{}',
      'packages/shared/vitest.config.ts': '',
      'packages/shared/src/main.ts': '',
      'packages/shared/test/one.test.ts': '',
    };
    const workspace = makeWorkspace(files);
    expect([...checkRequiredFiles(workspace), ...checkManifests(workspace)]).toEqual([]);
    const published = makeWorkspace({ ...files, 'packages/shared/package.json': manifestWith({ name: '@nt/shared' }) });
    expect(checkRequiredFiles(published)).toContain('packages/shared: @nt/shared lacks tsup.config.ts');
  });

  it('fail without a changelog once released', () => {
    const released = { 'packages/tensor/package.json': manifestWith({ version: '0.2.0' }) };
    expect(checkRequiredFiles(makeWorkspace(released))).toEqual(['packages/tensor: @nt/tensor lacks CHANGELOG.md']);
    expect(checkRequiredFiles(makeWorkspace({ ...released, 'packages/tensor/CHANGELOG.md': '# 0.2.0' }))).toEqual([]);
  });
});

/** A private package beside the libraries. */
const sharedTests = {
  name: '@nt/shared',
  private: true,
  scripts: { test: 'vitest run', check: 'tsc' },
  exports: { '.': './src/main.ts' },
};
const entry = { '@nt/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' };

describe('package.json', () => {
  it('is right in every package of this repository', () => {
    expect(checkManifests(readWorkspace(repository))).toEqual([]);
  });

  it('is right in the fixture', () => {
    expect(checkManifests(makeWorkspace())).toEqual([]);
  });

  it.each([
    [{ license: 'MIT' }, 'license: expected Apache-2.0, found MIT'],
    [{ type: 'commonjs' }, 'type: expected module'],
    [{ sideEffects: undefined }, 'sideEffects: expected'],
    [{ version: undefined }, 'version: expected'],
    [{ description: '' }, 'description: expected'],
    [{ engines: { node: '>=18' } }, 'engines.node: expected >=20.19, found >=18'],
    [{ private: true }, 'private: a package in packages/ with the script build is published'],
    [{ ...sharedTests, exports: { '.': './src/gone.ts' } }, './src/gone.ts does not exist'],
    [{ ...sharedTests, exports: { '.': entry } }, 'exports ".": expected the path of a source file'],
    [{ files: ['dist'] }, 'files: expected src'],
    [{ scripts: {} }, 'lacks the script test'],
    [{ exports: {} }, 'expected an entry "."'],
    [{ exports: { '.': './src/index.ts' } }, 'exports ".": expected @nt/source, types, default'],
    [{ exports: { '.': { default: './dist/index.js', types: './dist/index.d.ts' } } }, 'in this order'],
    [{ exports: { '.': { ...entry, default: './dist/main.js' } } }, 'default: expected ./dist/index.js'],
    [{ exports: { '.': entry, './x': { ...entry } } }, 'types: expected ./dist/x.d.ts'],
    [{ bin: { nt: './dist/main.js' } }, 'bin "nt": expected one of ./dist/index.js, found ./dist/main.js'],
    [{ exports: { '.': { ...entry, '@nt/source': './src/gone.ts' } } }, './src/gone.ts does not exist'],
  ])('fails with %j', (fields, problem) => {
    const found = checkManifests(makeWorkspace({ 'packages/tensor/package.json': manifestWith(fields) }));
    expect(found.join('\n')).toContain(problem);
  });
});

describe('files that a README names', () => {
  const named = (path: string, files: readonly string[] = ['dist', 'src']) =>
    checkNamedFiles(
      makeWorkspace({
        'packages/tensor/package.json': manifestWith({ files }),
        'packages/tensor/README.md': `# Tensor\n\nThey lie in \`${path}\`.\n`,
        'packages/tensor/schemas/one.json': '{}',
      }),
    );

  it('are in the packages of this repository', () => {
    expect(checkNamedFiles(readWorkspace(repository))).toEqual([]);
  });

  it.each(['schemas/', 'schemas/one.json', 'schemas/*.json'])('%s is told where it is not in the package', (path) => {
    expect(named(path)).toEqual([
      `packages/tensor/README.md:3: ${path} is not in the package: add schemas to its files`,
    ]);
    expect(named(path, ['dist', 'src', 'schemas'])).toEqual([]);
  });

  it.each(['src/index.ts', 'test/one.test.ts', 'text/csv', './schemas'])('%s is nothing to tell', (path) => {
    expect(named(path)).toEqual([]);
  });
});
