import { isBuiltin } from 'node:module';
import { bareName } from './check-arrows.ts';
import type { Manifest } from './manifest.ts';
import { importedModules, isLibraryCode, isSource } from './source-file.ts';
import { readText, type Violation, type Workspace, type WorkspacePackage } from './workspace.ts';

/**
 * What is imported is declared: by library code as a dependency or peer (a user gets no others), by tests and examples
 * also as a development dependency, here or at the root. And what the packages declare of each other has no circle:
 * turbo could not order it.
 */
export function checkDeclaredDependencies(workspace: Workspace, rootManifest: Manifest): Violation[] {
  const undeclared = workspace.packages.flatMap((from) => {
    const forUsers = new Set([from.name, ...namesIn(from.manifest, 'dependencies', 'peerDependencies')]);
    const forUs = new Set([...forUsers, ...namesIn(from.manifest, 'devDependencies')]);
    for (const name of namesIn(rootManifest, 'devDependencies')) forUs.add(name);
    return from.files.filter(isSource).flatMap((file) =>
      importedModules(file, readText(workspace, file))
        .filter((module) => /^[@a-z]/.test(module) && !isBuiltin(module))
        .map(bareName)
        .filter((module) => !(isLibraryCode(file) ? forUsers : forUs).has(module))
        .map((module) => `${file}: imports ${module}, which ${from.folder}/package.json does not declare`),
    );
  });
  return [...undeclared, ...circles(workspace.packages)];
}

function namesIn(manifest: Manifest, ...kinds: ('dependencies' | 'peerDependencies' | 'devDependencies')[]): string[] {
  return kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
}

function circles(packages: readonly WorkspacePackage[]): Violation[] {
  const needs = new Map(
    packages.map(({ name, manifest }) => [
      name,
      namesIn(manifest, 'dependencies', 'peerDependencies', 'devDependencies').filter((n) => n.startsWith('@nt/')),
    ]),
  );
  const reaches = (from: string, target: string, seen: Set<string>): boolean =>
    (needs.get(from) ?? []).some((next) => {
      if (next === target) return true;
      if (seen.has(next)) return false;
      return reaches(next, target, seen.add(next));
    });
  return packages
    .filter(({ name }) => reaches(name, name, new Set()))
    .map(({ name, folder }) => `${folder}/package.json: ${name} needs itself through the packages that it declares`);
}
