import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, normalizePath } from 'typedoc';
import { pageOf, slugOf } from '../release/repository.mjs';
import { checkSite } from './check-site.mjs';
import { entryPoints } from './entry-points.mjs';
import { modulesAsImported } from './modules-as-imported.mjs';
import { sitePages } from './site-pages.mjs';
import { siteRouter } from './site-router.mjs';
import { stagePages } from './stage-pages.mjs';

/**
 * Builds the site of the public API, the guide and the decisions, and checks it: what is exported is documented, what a
 * signature names is exported too, every link leads somewhere.
 *
 * @param {{ readonly root: string, readonly out: string }} options
 * @returns {Promise<boolean>} whether all is well; what is not has been printed
 */
export async function buildSite({ root, out }) {
  const staged = join(root, 'reports/pages');
  const pages = sitePages(root);
  stagePages(root, staged, pages);
  const entries = entryPoints(root).map(({ name, file }) => {
    const readme = pages.modules[file.split('/').slice(0, 2).join('/')];
    const page = name.split('/').length === 2 && readme ? { page: join(staged, readme) } : {};
    return { name, file: join(root, file), ...page };
  });

  const repository = pageOf(slugOf(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))) ?? 'unknown/unknown');
  const app = await Application.bootstrap({
    name: '@nt',
    entryPoints: entries.map(({ file }) => file),
    projectDocuments: pages.documents.map(({ file }) => join(staged, file)),
    readme: join(staged, pages.index),
    tsconfig: join(root, 'tools/tsconfig.docs.json'),
    basePath: root,
    disableGit: true,
    sourceLinkTemplate: `${repository}/blob/main/{path}#L{line}`,
    gitRevision: 'main',
    navigationLinks: { GitHub: repository },
    navigation: { includeGroups: false, includeCategories: false, includeFolders: false },
    headings: { readme: false, document: false },
    customCss: join(root, 'tools/docs/site.css'),
    highlightLanguages: ['ts', 'js', 'sh', 'json', 'toml', 'ini', 'yaml', 'html', 'python'],
    includeHierarchySummary: false,
    router: 'site',
    searchInDocuments: true,
    requiredToBeDocumented: ['Class', 'Interface', 'Function', 'Variable', 'TypeAlias'],
    packagesRequiringDocumentation: [...new Set(entries.map(({ name }) => name.split('/').slice(0, 2).join('/')))],
    validation: { notDocumented: true, notExported: true, invalidLink: true, invalidPath: true },
    logLevel: 'Warn',
  });
  app.renderer.defineRouter('site', siteRouter(normalizePath(staged)));
  modulesAsImported(app, entries);
  const project = await app.convert();
  if (!project) return false;
  app.validate(project);
  await app.generateDocs(project, out);
  const problems = checkSite(out);
  for (const problem of problems) console.error(problem);
  const { errorCount, warningCount, validationWarningCount } = app.logger;
  return problems.length + errorCount + warningCount + validationWarningCount === 0;
}
