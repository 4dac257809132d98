import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLinks } from '../src/check-links.ts';
import { checkRegistryFields } from '../src/check-registry-fields.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, manifestWith, repository } from './fixture.ts';

const manifest = 'packages/tensor/package.json';

describe('what the registry shows', () => {
  it('is in every manifest of this repository', () => {
    expect(checkRegistryFields(readWorkspace(repository))).toEqual([]);
  });

  it('is in the fixture', () => {
    expect(checkRegistryFields(makeWorkspace())).toEqual([]);
  });

  it.each([
    [{ homepage: undefined }, 'homepage: expected "https://github.com/OWNER/nt/tree/main/packages/tensor#readme"'],
    [{ bugs: 'https://example.org' }, 'bugs: expected'],
    [{ repository: undefined }, 'repository: expected'],
    [{ repository: { type: 'git', url: 'git+https://github.com/OWNER/nt.git' } }, '"directory":"packages/tensor"'],
    [{ publishConfig: undefined }, 'publishConfig: expected {"access":"public"}'],
    [{ keywords: ['one', 'two'] }, 'keywords: expected at least three'],
    [{ scripts: { build: 'tsup' } }, 'scripts.prepack: expected what build is, tsup; found undefined'],
    [{ scripts: { build: 'tsup --minify', prepack: 'tsup' } }, 'found tsup'],
  ])('fails with %j', (fields, problem) => {
    expect(checkRegistryFields(makeWorkspace({ [manifest]: manifestWith(fields) }))).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it('follows from the root, which has to say it', () => {
    expect(checkRegistryFields(makeWorkspace({ 'package.json': '{"name":"root"}' }))).toEqual([
      expect.stringContaining('package.json: repository: expected'),
    ]);
  });

  it('is not asked of what stays here', () => {
    const files = { [manifest]: manifestWith({ private: true, keywords: undefined, homepage: undefined }) };
    expect(checkRegistryFields(makeWorkspace(files))).toEqual([]);
  });
});

describe('set-repository', () => {
  const scripts = ['release/set-repository.mjs', 'release/repository.mjs', 'test-all/find-packages.mjs'];
  const copies = scripts.map((script) => [`tools/${script}`, readFileSync(join(repository, 'tools', script), 'utf8')]);
  const readme = 'packages/tensor/README.md';
  const link = 'https://github.com/OWNER/nt/blob/main/packages/tensor/src/index.ts';
  const files = { ...Object.fromEntries(copies), [readme]: `[x](${link})` };
  const set = (root: string, ...parameters: string[]) =>
    spawnSync(process.execPath, [join(root, 'tools/release/set-repository.mjs'), ...parameters], { encoding: 'utf8' });

  it('gives manifests and links another owner, all of them, and again', () => {
    const { root } = makeWorkspace(files);
    for (const slug of ['somebody/forecasts', 'OWNER/nt', 'some-body/nt.js']) {
      expect(set(root, slug)).toMatchObject({ status: 0, stderr: '' });
      const workspace = readWorkspace(root);
      expect([...checkRegistryFields(workspace), ...checkLinks(workspace)]).toEqual([]);
      expect(readFileSync(join(root, readme), 'utf8')).toBe(`[x](${link.replace('OWNER/nt', slug)})`);
      expect(readFileSync(join(root, manifest), 'utf8')).toContain(`git+https://github.com/${slug}.git`);
    }
  });

  it('brings a new package into agreement', () => {
    const { root } = makeWorkspace({ ...files, [manifest]: manifestWith({ homepage: undefined, repository: {} }) });
    expect(set(root).status).toBe(0);
    expect(checkRegistryFields(readWorkspace(root))).toEqual([]);
  });

  it.each(['somebody', 'https://github.com/somebody/nt', 'a b/c', ''])('refuses %j', (slug) => {
    expect(set(makeWorkspace(files).root, slug)).toMatchObject({ status: 2, stderr: expect.stringContaining('OWNER') });
  });
});
