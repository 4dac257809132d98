/** What stands for the owner until there is one: `npm run set-repository -- OWNER/NAME` replaces it everywhere. */
export const placeholder = 'OWNER/nt';

/**
 * Where a package's home, source and issues are: all follow from the one `repository` of the root's package.json.
 *
 * @param {string} slug `OWNER/NAME`
 * @param {string} [folder] the package's, with forward slashes; the root's manifest has none
 */
export function repositoryFields(slug, folder) {
  const page = pageOf(slug);
  const repository = { type: 'git', url: `git+${page}.git` };
  if (!folder) return { homepage: `${page}#readme`, bugs: `${page}/issues`, repository };
  return {
    homepage: `${page}/tree/main/${folder}#readme`,
    bugs: `${page}/issues`,
    repository: { ...repository, directory: folder },
  };
}

/** @param {string} slug */
export function pageOf(slug) {
  return `https://github.com/${slug}`;
}

/**
 * `OWNER/NAME` of a manifest.
 *
 * @param {{ repository?: { url?: string } }} manifest
 * @returns {string | undefined}
 */
export function slugOf({ repository }) {
  return /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\.git$/.exec(repository?.url ?? '')?.[1];
}
