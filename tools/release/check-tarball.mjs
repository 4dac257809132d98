import { nativePlatforms } from './native-platforms.mjs';

/**
 * What is wrong with a packed package: it must hold what its own manifest promises, and what every package has.
 *
 * @param {object} tarball
 * @param {Record<string, any>} tarball.manifest package.json as it is inside
 * @param {readonly { path: string, bytes: number }[]} tarball.files relative to the package
 * @param {boolean} tarball.isRelease a release needs what only its build machine makes: the binaries of all platforms
 * @returns {string[]}
 */
export function checkTarball({ manifest, files, isRelease }) {
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const needed = [...promised(manifest), 'README.md', 'LICENSE', ...(isRelease ? binariesOf(manifest) : [])];
  return [
    ...needed.filter((path) => !sizes.has(path)).map((path) => `lacks ${path}`),
    ...needed.filter((path) => sizes.get(path) === 0).map((path) => `${path} is empty`),
    ...(hasData(files) && !sizes.has('NOTICE') ? ['has data of others, and lacks NOTICE, which says whose'] : []),
    ...files.filter(({ path }) => isStray(path)).map(({ path }) => `has ${path}, which nobody asked for`),
    ...dependencyProblems(manifest),
  ];
}

/** @param {Record<string, any>} manifest */
function promised({ exports = {}, bin = {}, types, main }) {
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  const paths = [...targets, ...Object.values(bin), types, main]
    .filter(Boolean)
    .map((path) => path.replace(/^\.\//, ''));
  return [...new Set(paths)];
}

/** @param {Record<string, any>} manifest */
function binariesOf({ files = [] }) {
  const folders = files
    .map((/** @type {string} */ pattern) => /^(.*\bprebuilds\/)\*\.node$/.exec(pattern)?.[1])
    .filter(Boolean);
  return folders.flatMap((/** @type {string} */ folder) =>
    nativePlatforms.map((platform) => `${folder}${platform}.node`),
  );
}

/** @param {readonly { path: string }[]} files */
function hasData(files) {
  return files.some(({ path }) => /\.(?:csv|tsf|parquet|arrow)$/.test(path));
}

/** @param {string} path */
function isStray(path) {
  return /(?:^|\/)(?:node_modules|test|bench|coverage)\/|\.test\.[jt]sx?$|\.tgz$|\.env$/.test(path);
}

/** `workspace:` and `catalog:` mean something in here only; pnpm replaces them, npm would ship them as they are. */
function dependencyProblems(/** @type {Record<string, any>} */ manifest) {
  const kinds = ['dependencies', 'peerDependencies', 'optionalDependencies'];
  const ranges = kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}));
  return ranges
    .filter(([, range]) => /^(?:workspace|catalog|file|link):/.test(range))
    .map(([name, range]) => `needs ${name} as ${range}, which no registry knows; pack with pnpm`);
}
