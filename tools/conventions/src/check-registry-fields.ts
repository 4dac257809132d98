import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { repositoryFields, slugOf } from '../../release/repository.mjs';
import type { Manifest } from './manifest.ts';
import type { Violation, Workspace } from './workspace.ts';

/**
 * What the registry shows of a package, and what makes publishing it safe. Home, issues and source follow from the root's
 * `repository`, so that one command gives all of them a new owner; `prepack` builds, so that no way of publishing ships
 * a package without its `dist`.
 */
export function checkRegistryFields({ root, packages }: Workspace): Violation[] {
  const slug = slugOf(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest);
  if (!slug) return ['package.json: repository: expected { type, url: git+https://github.com/OWNER/NAME.git }'];
  return packages
    .filter(({ manifest }) => !manifest.private)
    .flatMap(({ folder, manifest }) => {
      const expected = { ...repositoryFields(slug, folder), publishConfig: { access: 'public' } };
      const strange = Object.entries(expected).filter(
        ([field, value]) => !isDeepStrictEqual(manifest[field as keyof Manifest], value),
      );
      const { keywords = [], scripts = {} } = manifest;
      const problems = [
        ...strange.map(([field, value]) => `${field}: expected ${JSON.stringify(value)}; run npm run set-repository`),
        ...(keywords.length >= 3 ? [] : ['keywords: expected at least three words that people search for']),
        ...(scripts['prepack'] && scripts['prepack'] === scripts['build']
          ? []
          : [`scripts.prepack: expected what build is, ${scripts['build']}; found ${scripts['prepack']}`]),
      ];
      return problems.map((problem) => `${folder}/package.json: ${problem}`);
    });
}
