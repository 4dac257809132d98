import { describe, expect, it } from 'vitest';
import { checkChangesetFormat, checkChangesets } from '../src/check-changesets.ts';
import { git, readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, manifestWith, repository, writeFiles } from './fixture.ts';

const changed = 'packages/tensor/src/index.ts';
const changeset = (name: string) => `---\n'${name}': minor\n---\n\nTwo instead of one.\n`;

describe('a changeset', () => {
  it('is readable, each in this repository', () => {
    expect(checkChangesetFormat(readWorkspace(repository))).toEqual([]);
  });

  it('fails when a formatter has made a heading of its first lines', () => {
    const root = makeBranch({ '.changeset/one.md': "---\n\n## '@nt/optim': minor\n\nText.\n" });
    expect(checkChangesetFormat(readWorkspace(root))).toEqual([expect.stringContaining('.changeset/one.md: expected')]);
  });
});

describe('a change that users notice', () => {
  it('has a changeset in this repository', () => {
    const { violations, notChecked } = checkChangesets(readWorkspace(repository));
    if (notChecked) console.log(`changesets were not checked: ${notChecked}`);
    expect(violations).toEqual([]);
  });

  it('fails without a changeset, and with one for another package', () => {
    const root = makeBranch();
    writeFiles(root, { [changed]: 'export const two = 2;' });
    const reason = '@nt/tensor: changed since origin/main without a changeset; run pnpm changeset';
    expect(checkChangesets(readWorkspace(root)).violations).toEqual([reason]);
    writeFiles(root, { '.changeset/one.md': changeset('@nt/optim') });
    expect(checkChangesets(readWorkspace(root)).violations).toEqual([reason]);
    writeFiles(root, { '.changeset/two.md': changeset('@nt/tensor') });
    expect(checkChangesets(readWorkspace(root)).violations).toEqual([]);
  });

  it('fails with only a changeset that was there before', () => {
    const root = makeBranch({ '.changeset/old.md': changeset('@nt/tensor') });
    writeFiles(root, { 'packages/tensor/src/new.ts': 'export {};' });
    expect(checkChangesets(readWorkspace(root)).violations).toHaveLength(1);
  });

  it('is described by the changelog at a release', () => {
    const root = makeBranch();
    writeFiles(root, { 'packages/tensor/package.json': manifestWith({ version: '0.2.0' }) });
    expect(checkChangesets(readWorkspace(root)).violations).toHaveLength(1);
    writeFiles(root, { 'packages/tensor/CHANGELOG.md': '# 0.2.0' });
    expect(checkChangesets(readWorkspace(root)).violations).toEqual([]);
  });

  it('is not a test, a README or an example', () => {
    const root = makeBranch();
    writeFiles(root, {
      'packages/tensor/src/a.test.ts': '',
      'packages/tensor/README.md': '',
      'packages/tensor/examples/b.ts': '',
    });
    expect(checkChangesets(readWorkspace(root)).violations).toEqual([]);
  });

  it('cannot be known without an origin, or without its history: says so', () => {
    expect(checkChangesets(makeWorkspace()).notChecked).toContain('no origin/main');
    const root = makeBranch();
    git(root, ['checkout', '--quiet', '--orphan', 'other']);
    commit(root, 'another beginning');
    expect(checkChangesets(readWorkspace(root)).notChecked).toContain('no commit in common');
  });
});

/** A clone whose origin/main is the state before the change. */
function makeBranch(files: Readonly<Record<string, string>> = {}): string {
  const { root } = makeWorkspace(files);
  commit(root);
  git(root, ['update-ref', 'refs/remotes/origin/main', 'HEAD']);
  return root;
}

function commit(root: string, message = 'base'): void {
  git(root, ['add', '--all']);
  git(root, ['-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--message', message]);
}
