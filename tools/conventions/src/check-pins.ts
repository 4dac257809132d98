import type { Dependencies, Manifest } from './manifest.ts';
import { readText, type Violation, type Workspace } from './workspace.ts';

/** A version, or a package under another name in a version. */
const exact = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:[-+][\w.-]+)?$/;

/** Exact versions, the shared catalog, or the package next door: a fresh clone installs what we tried. */
export function checkExactVersions(workspace: Workspace, rootManifest: Manifest): Violation[] {
  const manifests = [
    { file: 'package.json', manifest: rootManifest },
    ...workspace.packages.map(({ folder, manifest }) => ({ file: `${folder}/package.json`, manifest })),
  ];
  return manifests.flatMap(({ file, manifest }) =>
    [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies]
      .flatMap((dependencies) => loose(dependencies))
      .map(([name, range]) => `${file}: ${name} ${range}: expected an exact version, catalog: or workspace:^`),
  );
}

function loose(dependencies: Dependencies = {}): [string, string][] {
  return Object.entries(dependencies).filter(([name, range]) =>
    name.startsWith('@nt/') ? range !== 'workspace:^' : range !== 'catalog:' && !exact.test(range),
  );
}

/** The versions in the catalog of pnpm-workspace.yaml, which packages share by writing `catalog:`. */
export function checkCatalog(workspace: Workspace): Violation[] {
  const [, catalog = ''] = readText(workspace, 'pnpm-workspace.yaml').split(/^catalog:\r?\n/m);
  const entries =
    catalog
      .split(/\r?\n(?=\S)/, 1)[0]
      ?.split(/\r?\n/)
      .filter((line) => line.trim()) ?? [];
  return entries
    .map((line) => line.split(/:\s+/))
    .filter(([, version = '']) => !exact.test(version.replaceAll(/['"]/g, '').trim()))
    .map((parts) => `pnpm-workspace.yaml: catalog ${parts.join(': ').trim()}: expected an exact version`);
}

/** One pnpm for everyone: every place that names a version names the one of the `packageManager` field. */
export function checkPnpmPin(workspace: Workspace, rootManifest: Manifest): Violation[] {
  const pin = rootManifest.packageManager ?? '';
  if (!/^pnpm@\d+\.\d+\.\d+$/.test(pin)) return [`package.json: packageManager: expected pnpm@x.y.z, found ${pin}`];
  const places = workspace.files.filter(
    (file) => /(?:\.md|\.ya?ml|\.mjs|package\.json|\.ci\/run)$/.test(file) && !file.endsWith('pnpm-lock.yaml'),
  );
  return places.flatMap((file) =>
    [...readText(workspace, file).matchAll(/\bpnpm@\d[\w.-]*\d/g)]
      .filter(([found]) => found !== pin)
      .map(([found]) => `${file}: ${found}: expected ${pin}, as in package.json`),
  );
}
