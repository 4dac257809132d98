import { posix } from 'node:path';
import { allowedArrows, tensorflow } from './allowed-arrows.ts';
import { sourceEntries } from './manifest.ts';
import { importedModules, isLibraryCode, isSource } from './source-file.ts';
import { readText, type Violation, type Workspace, type WorkspacePackage } from './workspace.ts';

/**
 * Every import in every package follows the table. Library code may import what the table says. Tests, examples and
 * benchmarks may use any package of the workspace that theirs declares, but never an app. Nobody reaches into another
 * package's folder by a relative path.
 */
export function checkArrows(workspace: Workspace, table = allowedArrows): Violation[] {
  const unlisted = workspace.packages
    .filter(({ name }) => !table[name])
    .map(({ name }) => `${name}: not in the table of allowed arrows (tools/conventions/src/allowed-arrows.ts)`);
  const broken = workspace.packages.flatMap((from) =>
    from.files.filter(isSource).flatMap((file) =>
      importedModules(file, readText(workspace, file)).flatMap((module) => {
        const reason = whyForbidden(module, file, from, table);
        return reason ? [`${file}: imports ${module}: ${reason}`] : [];
      }),
    ),
  );
  return [...unlisted, ...broken];
}

function whyForbidden(
  module: string,
  file: string,
  from: WorkspacePackage,
  table: typeof allowedArrows,
): string | undefined {
  if (module.startsWith('.')) return whyForbiddenRelative(module, file, from);
  const target = bareName(module);
  const arrow = target.startsWith('@tensorflow/') ? tensorflow : target;
  if (arrow !== tensorflow && !arrow.startsWith('@nt/')) return undefined;

  if (isLibraryCode(file)) {
    if (arrow === from.name) return 'its own package; use a relative path';
    return arrowsFrom(file, from, table).includes(arrow) ? undefined : `no arrow from ${from.name} to ${arrow}`;
  }
  if (arrow === tensorflow || arrow === from.name) return undefined;
  if (['@nt/cli', '@nt/playground'].includes(arrow)) return 'apps are not imported';
  return undefined;
}

/** Configuration and tools at the root are shared by every package; the rest of the house is not reached by path. */
function whyForbiddenRelative(module: string, file: string, from: WorkspacePackage): string | undefined {
  const target = posix.join(posix.dirname(file), module);
  const outside = !target.startsWith(`${from.folder}/`);
  const shared = /^[^/]+$/.test(target) || (target.startsWith('tools/') && !isLibraryCode(file));
  return outside && !shared ? `a path out of ${from.folder}; import the package by name` : undefined;
}

function arrowsFrom(file: string, from: WorkspacePackage, table: typeof allowedArrows): readonly string[] {
  const ofEntries = [...sourceEntries(from.manifest)]
    .filter(([name, source]) => name !== '.' && `${file}/`.startsWith(`${entryFolder(from, source)}/`))
    .flatMap(([name]) => table[`${from.name}/${name.slice(2)}`] ?? []);
  return [...(table[from.name] ?? []), ...ofEntries];
}

/** `./src/tfjs/index.ts` owns the folder `src/tfjs`; an entry that is one file owns nothing more than itself. */
function entryFolder(from: WorkspacePackage, source: string): string {
  const path = posix.join(from.folder, source);
  return posix.basename(path) === 'index.ts' ? posix.dirname(path) : path;
}

export function bareName(module: string): string {
  return module.split('/', module.startsWith('@') ? 2 : 1).join('/');
}
