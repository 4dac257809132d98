import { readText, type Violation, type Workspace, type WorkspacePackage } from './workspace.ts';

/**
 * Whoever depends on a package of ours brings what that one has as peers, or has it as a peer too: not every package
 * manager installs peers by itself (pnpm with `autoInstallPeers: false` and Yarn do not). And what an app brings so is
 * hoisted, since an installation without development dependencies, the demo's, links it nowhere else.
 */
export function checkPeers(workspace: Workspace): Violation[] {
  const [, hoisted = ''] = readText(workspace, 'pnpm-workspace.yaml').split(/^publicHoistPattern:\r?\n/m);
  const patterns = new Set([...hoisted.matchAll(/^ {2}- ["']?([^"'\s]+)/gm)].map(([, name]) => name));
  return workspace.packages.flatMap((from) => {
    const { folder, kind, manifest } = from;
    const brought = manifest.dependencies ?? {};
    return peersOfDependencies(workspace, from).flatMap(([name, owner]) => {
      if (!(name in brought || name in (manifest.peerDependencies ?? {})))
        return [`${folder}/package.json: depends on ${owner}, whose peer ${name} it does not declare`];
      if (kind !== 'apps' || manifest.private || name.startsWith('@nt/') || patterns.has(name)) return [];
      return [`pnpm-workspace.yaml: publicHoistPattern lacks ${name}, the peer of ${owner} that ${folder} brings`];
    });
  });
}

/** The required peers of the packages of ours that a package depends on, each with its owner. */
function peersOfDependencies(workspace: Workspace, { manifest }: WorkspacePackage): [name: string, owner: string][] {
  return workspace.packages
    .filter(({ name }) => name in (manifest.dependencies ?? {}))
    .flatMap(({ name: owner, manifest: { peerDependencies = {}, peerDependenciesMeta = {} } }) =>
      Object.keys(peerDependencies)
        .filter((name) => !peerDependenciesMeta[name]?.optional)
        .map((name): [string, string] => [name, owner]),
    );
}
