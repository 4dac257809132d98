import { readText, type Violation, type Workspace } from './workspace.ts';

/** Folders that only those need who work on the package: a README tells how it was made and tested. */
const development: readonly string[] = ['bench', 'kernels', 'long', 'test', 'tools'];

/** What the README of a published package names of its own files, such as `schemas/`, is in the package that is installed. */
export function checkNamedFiles(workspace: Workspace): Violation[] {
  return workspace.packages
    .filter(({ manifest }) => !manifest.private)
    .flatMap(({ folder, manifest, files }) => {
      const readme = `${folder}/README.md`;
      if (!files.includes(readme)) return [];
      const shipped = ['README.md', ...(manifest.files ?? [])];
      return namedPaths(readText(workspace, readme))
        .filter(({ path }) => files.some((file) => file.startsWith(`${folder}/${topOf(path)}/`)))
        .filter(({ path }) => ![...shipped, ...development].includes(topOf(path)))
        .map(({ path, line }) => `${readme}:${line}: ${path} is not in the package: add ${topOf(path)} to its files`);
    });
}

const topOf = (path: string): string => path.split('/')[0]!;

/** Code with a slash that may be a path: not `./entry`, which is imported. */
function namedPaths(markdown: string): readonly { readonly path: string; readonly line: number }[] {
  return markdown
    .split('\n')
    .flatMap((text, k) =>
      [...text.matchAll(/`(\w[\w.-]*\/[\w./*-]*)`/g)].map(([, path]) => ({ path: path!, line: k + 1 })),
    );
}
