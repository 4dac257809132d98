import type { Violation, Workspace, WorkspacePackage } from './workspace.ts';

/** A file that a package must have: a path, or what to call a pattern. */
interface Requirement {
  readonly what: string;
  readonly pattern: RegExp;
}

const everywhere: readonly Requirement[] = [
  { what: 'README.md', pattern: /^README\.md$/ },
  { what: 'tsconfig.json', pattern: /^tsconfig\.json$/ },
  { what: 'vitest.config.ts', pattern: /^vitest\.config\.ts$/ },
  { what: 'a test (src/ or test/ **/*.test.ts)', pattern: /^(?:src|test)\/.*\.test\.tsx?$/ },
  { what: 'test/', pattern: /^test\// },
];

const required: Readonly<Record<WorkspacePackage['kind'], readonly Requirement[]>> = {
  packages: [
    ...everywhere,
    { what: 'src/index.ts', pattern: /^src\/index\.ts$/ },
    { what: 'tsup.config.ts', pattern: /^tsup\.config\.ts$/ },
    { what: 'an example (examples/*.ts)', pattern: /^examples\/[^/]+\.ts$/ },
  ],
  tests: everywhere,
  apps: everywhere,
  examples: everywhere,
  tools: everywhere,
};

/** The version that every package starts at: nothing has been released, so there is no change to log. */
const firstVersion = '0.1.0';

/**
 * Every package has what a reader looks for. CHANGELOG.md is written by changesets at a release; it is demanded from
 * the first released version on, and an empty one before that would only pretend.
 */
export function checkRequiredFiles({ packages }: Workspace): Violation[] {
  return packages.flatMap(({ name, folder, kind, files, manifest }) => {
    const own = files.map((file) => file.slice(folder.length + 1));
    const isScripts = kind === 'tools' && !own.some((file) => file.startsWith('src/')); // tested where they are used
    const missing = (isScripts ? [] : required[kind]).filter(({ pattern }) => !own.some((file) => pattern.test(file)));
    const released = kind === 'packages' && manifest.version !== firstVersion;
    const changelog = released && !own.includes('CHANGELOG.md') ? ['CHANGELOG.md'] : [];
    return [...missing.map(({ what }) => what), ...changelog].map((what) => `${folder}: ${name} lacks ${what}`);
  });
}
