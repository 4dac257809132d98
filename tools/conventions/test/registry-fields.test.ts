import { describe, expect, it } from 'vitest';
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
