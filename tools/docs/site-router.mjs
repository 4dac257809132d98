import { posix } from 'node:path';
import { KindRouter } from 'typedoc';

/**
 * Pages of the repository keep their names as addresses, `guide/data.html`; those of the API are TypeDoc's. A title may
 * change without breaking links.
 *
 * @param {string} staged folder of the pages, absolute, with forward slashes
 */
export function siteRouter(staged) {
  return class extends KindRouter {
    /**
     * @override
     * @param {import('typedoc').Reflection} reflection
     */
    getIdealBaseName(reflection) {
      const path = reflection.isDocument() ? reflection.project.files.getReflectionPath(reflection) : undefined;
      if (!path) return super.getIdealBaseName(reflection);
      const page = posix
        .relative(staged, path)
        .replace(/^docs\//, '')
        .replace(/\.md$/, '');
      return page.replace(/README$/, 'index').toLowerCase();
    }
  };
}
