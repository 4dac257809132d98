import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportTarget, Manifest } from './manifest.ts';
import type { Violation, Workspace, WorkspacePackage } from './workspace.ts';

const scriptsOf: Readonly<Record<WorkspacePackage['kind'], readonly string[]>> = {
  packages: ['test', 'check', 'build', 'check:publish'],
  tests: ['test', 'check'],
  apps: ['test', 'check', 'build'],
  examples: ['test', 'check'],
  tools: [],
};

/** package.json says what it must, and its exports name files that exist and that the build will write. */
export function checkManifests({ root, packages }: Workspace): Violation[] {
  return packages.flatMap(({ folder, kind, manifest }) => {
    const problems = [
      ...fieldProblems(manifest),
      ...(kind === 'tools' ? [] : consumerFieldProblems(manifest)),
      ...scriptsOf[kind].filter((name) => !manifest.scripts?.[name]).map((name) => `lacks the script ${name}`),
      ...(kind === 'packages' ? publishProblems(manifest) : []),
      ...(kind === 'tests'
        ? sharedTestProblems(manifest)
        : Object.entries(manifest.exports ?? {}).flatMap(([name, target]) => exportProblems(name, target))),
      ...binProblems(manifest),
      ...sourcesOf(manifest)
        .filter((path) => !existsSync(join(root, folder, path)))
        .map((path) => `${path} does not exist`),
    ];
    return problems.map((problem) => `${folder}/package.json: ${problem}`);
  });
}

function fieldProblems(manifest: Manifest): string[] {
  const { version, description, license, type } = manifest;
  return [
    ...(/^\d+\.\d+\.\d+$/.test(version ?? '') ? [] : ['version: expected like 0.1.0 (changesets needs one)']),
    ...(description ? [] : ['description: expected one sentence']),
    ...(license === 'Apache-2.0' ? [] : [`license: expected Apache-2.0, found ${license}`]),
    ...(type === 'module' ? [] : [`type: expected module, found ${type}`]),
  ];
}

function consumerFieldProblems({ sideEffects, engines }: Manifest): string[] {
  return [
    ...(sideEffects === undefined ? ['sideEffects: expected false, or the list of files that have some'] : []),
    ...(engines?.['node'] === '>=20.19' ? [] : [`engines.node: expected >=20.19, found ${engines?.['node']}`]),
  ];
}

function publishProblems({ exports, files }: Manifest): string[] {
  return [
    ...(exports?.['.'] ? [] : ['exports: expected an entry "."']),
    ...['dist', 'src'].filter((part) => !files?.includes(part)).map((part) => `files: expected ${part}`),
  ];
}

/** A library that is private by mistake still has what publishing needs. What tests share is never built. */
function sharedTestProblems({ exports = {}, scripts = {} }: Manifest): string[] {
  return [
    ...['build', 'check:publish']
      .filter((name) => scripts[name])
      .map((name) => `private: a package in packages/ with the script ${name} is published`),
    ...Object.entries(exports)
      .filter(([, target]) => typeof target !== 'string')
      .map(([name]) => `exports "${name}": expected the path of a source file`),
  ];
}

/** Conditions are tried in the order written: the source first, or it is never reached. */
const conditions = ['@nt/source', 'types', 'default'];

function exportProblems(name: string, target: ExportTarget | string): string[] {
  if (name === './package.json') return [];
  if (typeof target === 'string') return [`exports "${name}": expected ${conditions.join(', ')}`];
  const found = Object.keys(target);
  if (found.join() !== conditions.join()) {
    return [`exports "${name}": expected ${conditions.join(', ')} in this order, found ${found.join(', ')}`];
  }
  const output = builtName(name);
  return [
    ...(target['types'] === `${output}.d.ts` ? [] : [`exports "${name}": types: expected ${output}.d.ts`]),
    ...(target['default'] === `${output}.js` ? [] : [`exports "${name}": default: expected ${output}.js`]),
  ];
}

/** What tsup.base.ts writes for an entry. */
function builtName(name: string): string {
  return name === '.' ? './dist/index' : `./dist/${name.slice(2)}`;
}

/** A command is one of the files that the build writes, or installing it gives a link to nothing. */
function binProblems({ bin = {}, exports = {} }: Manifest): string[] {
  const built = Object.keys(exports).map((name) => `${builtName(name)}.js`);
  return Object.entries(bin)
    .filter(([, path]) => !built.includes(path))
    .map(([name, path]) => `bin "${name}": expected one of ${built.join(', ')}, found ${path}`);
}

function sourcesOf({ exports = {} }: Manifest): string[] {
  return Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? target : (target['@nt/source'] ?? []),
  );
}
