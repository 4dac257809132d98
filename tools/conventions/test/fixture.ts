import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { git, readWorkspace, type Workspace } from '../src/workspace.ts';

/** This repository, as every rule is run on it. */
export const repository: string = fileURLToPath(new URL('../../..', import.meta.url));

/** A folder with these files, tracked by a git of its own, removed when the test ends. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'nt-conventions-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFiles(root, files);
  git(root, ['init', '--quiet', '--initial-branch=main']);
  return root;
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** A workspace that keeps every rule, with files added or replaced: the fault to be found. */
export function makeWorkspace(files: Readonly<Record<string, string>> = {}): Workspace {
  return readWorkspace(makeFolder({ ...goodWorkspace, ...files }));
}

/** package.json of `packages/tensor` with some fields replaced. */
export function manifestWith(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...goodManifest, ...fields });
}

const scripts = { test: 'vitest run', check: 'tsc', build: 'tsup', prepack: 'tsup', 'check:publish': 'publint' };

const goodManifest = {
  name: '@nt/tensor',
  version: '0.1.0',
  description: 'Words.',
  keywords: ['tensor', 'tfjs', 'words'],
  license: 'Apache-2.0',
  homepage: 'https://github.com/OWNER/nt/tree/main/packages/tensor#readme',
  bugs: 'https://github.com/OWNER/nt/issues',
  repository: { type: 'git', url: 'git+https://github.com/OWNER/nt.git', directory: 'packages/tensor' },
  publishConfig: { access: 'public' },
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20.19' },
  exports: { '.': { '@nt/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } },
  files: ['dist', 'src'],
  scripts,
};

const goodWorkspace = {
  'package.json': JSON.stringify({
    name: 'root',
    private: true,
    packageManager: 'pnpm@12.21.0',
    repository: { type: 'git', url: 'git+https://github.com/OWNER/nt.git' },
  }),
  'pnpm-workspace.yaml': "packages:\n  - packages/*\n  - 'apps/*'\ncatalog:\n  '@tensorflow/tfjs-core': 4.22.0\n",
  'packages/tensor/package.json': JSON.stringify(goodManifest),
  'packages/tensor/README.md': '# Tensor\n\n<!-- example: examples/one.ts -->\n```ts\nconsole.log(1);\n//> 1\n```\n',
  'packages/tensor/tsconfig.json': '{}',
  'packages/tensor/tsup.config.ts': 'export default {};\n',
  'packages/tensor/vitest.config.ts': 'export default {};\n',
  'packages/tensor/src/index.ts': '/** One. */\nexport const one: number = 1;\n',
  'packages/tensor/test/one.test.ts': "import { it } from 'vitest';\nit('is one', () => {});\n",
  'packages/tensor/examples/one.ts': 'console.log(1);\n//> 1\n',
};

/** Another package in `packages/optim`. */
export const optim: Readonly<Record<string, string>> = {
  'packages/optim/package.json': JSON.stringify({
    ...goodManifest,
    name: '@nt/optim',
    exports: {
      ...goodManifest.exports,
      './tfjs': { '@nt/source': './src/tfjs/index.ts', types: './dist/tfjs.d.ts', default: './dist/tfjs.js' },
    },
    dependencies: { '@nt/tensor': 'workspace:^' },
  }),
  'packages/optim/src/index.ts':
    "import { one } from '@nt/tensor';\n/** Two. */\nexport const two: number = one + 1;\n",
  'packages/optim/src/tfjs/index.ts':
    "import * as tf from '@tensorflow/tfjs-core';\n/** Three. */\nexport const three: typeof tf = tf;\n",
};
