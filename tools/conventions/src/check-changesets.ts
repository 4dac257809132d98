import parseChangeset from '@changesets/parse';
import { git, libraries, readText, type Violation, type Workspace } from './workspace.ts';

export interface ChangesetAnswer {
  readonly violations: readonly Violation[];
  /** set when there was nothing to compare with: why */
  readonly notChecked?: string;
}

/**
 * A change that a user of a package can notice is described in a changeset. Compared is what stands here with the
 * commit at which this branch left `origin/main`; a clone without an origin has no such commit, and says so. At a release
 * changesets have become lines of the changelog, which then counts.
 */
export function checkChangesets(workspace: Workspace, base = 'origin/main'): ChangesetAnswer {
  const { root } = workspace;
  if (git(root, ['branch', '--remotes', '--list', base]) === '') {
    return { violations: [], notChecked: `there is no ${base} to compare with` };
  }
  const mergeBase = findMergeBase(root, base);
  if (!mergeBase) return { violations: [], notChecked: `${base} and this commit have no commit in common here` };
  const changed = git(root, ['diff', '--name-only', '--no-renames', '-z', mergeBase]).split('\0');
  const untracked = git(root, ['ls-files', '--others', '--exclude-standard', '-z']).split('\0');
  const files = [...changed, ...untracked];
  const described = new Set(
    workspace.files
      .filter((file) => files.includes(file) && /^\.changeset\/(?!README)[^/]+\.md$/.test(file))
      .flatMap((file) => parseChangeset(readText(workspace, file)).releases.map(({ name }) => name)),
  );
  const violations = libraries(workspace)
    .filter(({ folder }) => files.some((file) => isUserVisible(file, folder)))
    .filter(({ name, folder }) => !described.has(name) && !files.includes(`${folder}/CHANGELOG.md`))
    .map(({ name }) => `${name}: changed since ${base} without a changeset; run pnpm changeset`);
  return { violations };
}

/** Every changeset must be one that the release can read. */
export function checkChangesetFormat(workspace: Workspace): readonly Violation[] {
  return workspace.files
    .filter((file) => /^\.changeset\/(?!README)[^/]+\.md$/.test(file))
    .flatMap((file) => {
      try {
        parseChangeset(readText(workspace, file));
        return [];
      } catch {
        return [`${file}: expected '@nt/name': minor between two lines of ---, then a sentence`];
      }
    });
}

/** Undefined in a shallow clone, which does not reach back that far. */
function findMergeBase(root: string, base: string): string | undefined {
  try {
    return git(root, ['merge-base', base, 'HEAD']).trim();
  } catch {
    return undefined;
  }
}

function isUserVisible(file: string, folder: string): boolean {
  if (file === `${folder}/package.json`) return true;
  return file.startsWith(`${folder}/src/`) && !/\.(?:test|test-d|bench)\.tsx?$/.test(file);
}
