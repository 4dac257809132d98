import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findPackages } from '../../test-all/find-packages.mjs';
import type { Manifest } from './manifest.ts';

export interface WorkspacePackage {
  /** `@nt/tensor` */
  readonly name: string;
  /** `packages/tensor`, relative to the root, with forward slashes */
  readonly folder: string;
  /**
   * `packages` are published libraries; `tests` are private ones beside them, which only tests import; `apps`, `tools`
   * and `examples` (one package of programs) are not imported by anyone
   */
  readonly kind: 'packages' | 'tests' | 'apps' | 'tools' | 'examples';
  readonly manifest: Manifest;
  /** the files of the package, relative to the root */
  readonly files: readonly string[];
}

export interface Workspace {
  readonly root: string;
  readonly packages: readonly WorkspacePackage[];
  /** every file that git tracks or would track, relative to the root, with forward slashes */
  readonly files: readonly string[];
}

/** A broken rule: where, what, and what to do. */
export type Violation = string;

/** @param root absolute path of the workspace */
export function readWorkspace(root: string): Workspace {
  const files = listFiles(root);
  const packages = findPackages(root).map(({ fullName, folder }) => {
    const path = relative(root, folder).replaceAll('\\', '/');
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    return {
      name: fullName,
      folder: path,
      kind: kindOf(path, manifest),
      manifest,
      files: files.filter((file) => file.startsWith(`${path}/`)),
    };
  });
  return { root, packages, files };
}

function kindOf(path: string, manifest: Manifest): WorkspacePackage['kind'] {
  const place = path.split('/')[0] as Exclude<WorkspacePackage['kind'], 'tests'>;
  return place === 'packages' && manifest.private ? 'tests' : place;
}

/** The libraries: what the rules about published packages are about. */
export function libraries({ packages }: Workspace): readonly WorkspacePackage[] {
  return packages.filter(({ kind }) => kind === 'packages');
}

export function readText(workspace: Workspace, file: string): string {
  return readFileSync(join(workspace.root, file), 'utf8');
}

/** Runs git and gives its standard output. The owner of the folder is not asked about: containers often differ there. */
export function git(root: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-c', 'safe.directory=*', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')} in ${root}: ${stderr}`);
  return stdout;
}

function listFiles(root: string): readonly string[] {
  const listed = git(root, ['ls-files', '--cached', '--others', '--exclude-standard', '-z']).split('\0');
  return [...new Set(listed)].filter((file) => file !== '' && existsSync(join(root, file))).sort();
}
