import { readdirSync, readFileSync } from 'node:fs';

/** Every entry of every package, as its package.json names it. */
const entryPoints = readdirSync('packages').flatMap((folder) => {
  const { exports } = JSON.parse(readFileSync(`packages/${folder}/package.json`, 'utf8'));
  return Object.values(exports)
    .flatMap((target) => target['@nt/source'] ?? [])
    .map((source) => `packages/${folder}/${source}`);
});

/** `pnpm docs`: pages to read. That every export has a comment is checked by `npm test`, in tools/conventions. */
export default {
  name: '@nt',
  entryPoints,
  tsconfig: 'tools/tsconfig.docs.json',
  out: 'reports/docs',
  readme: 'none',
  requiredToBeDocumented: ['Class', 'Interface', 'Function', 'Variable', 'TypeAlias'],
  validation: { notDocumented: true, notExported: false, invalidLink: true },
  treatValidationWarningsAsErrors: true,
};
