import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { ownPackages } from './make-app.ts';

/** Makes of the app in a folder a site that can be served, and returns the site's folder. */
type Bundler = (app: string) => Promise<string>;

const page = (head: string): string => `<!doctype html><link rel="icon" href="data:,">${head}`;
const moduleScript = (file: string): string => `<script type="module" src="${file}"></script>`;

/** Each with its own defaults: the entry is all that they are told. */
export const bundlers: Readonly<Record<string, Bundler>> = {
  async esbuild(app) {
    const site = path.join(app, 'esbuild');
    const entryPoints = [path.join(app, 'src/index.js')];
    await esbuild({ entryPoints, bundle: true, format: 'esm', outfile: path.join(site, 'page.js'), logLevel: 'error' });
    await writeFile(path.join(site, 'index.html'), page(moduleScript('page.js')));
    return site;
  },

  async Vite(app) {
    await writeFile(path.join(app, 'index.html'), page(moduleScript('src/index.js')));
    await vite({ root: app, logLevel: 'error' });
    return path.join(app, 'dist');
  },

  async webpack(app) {
    const site = path.join(app, 'webpack');
    await runWebpack({ context: app, mode: 'production', output: { path: site } });
    await writeFile(path.join(site, 'index.html'), page('<script defer src="main.js"></script>'));
    return site;
  },

  async 'plain module scripts'(app) {
    const site = path.join(app, 'plain');
    for (const place of ['src', 'node_modules/@nt', ...Object.values(tfjsModules)])
      await cp(path.join(app, place), path.join(site, place), { recursive: true });
    await convertSeedrandom(site);
    const imports = JSON.stringify({ imports: await importMap(site) });
    await writeFile(
      path.join(site, 'index.html'),
      page(`<script type="importmap">${imports}</script>${moduleScript('src/index.js')}`),
    );
    return site;
  },
};

/** The files of tfjs that a page can import as they are. */
const tfjsModules = {
  '@tensorflow/tfjs-core': 'node_modules/@tensorflow/tfjs-core/dist/tf-core.fesm.js',
  '@tensorflow/tfjs-backend-cpu': 'node_modules/@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.fesm.js',
};

function runWebpack(options: webpack.Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(options, (error, stats) => {
      if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString('errors-only')));
      else resolve();
    });
  });
}

/** tfjs needs one package that is CommonJS only; whoever loads tfjs without a bundler has to convert it. */
async function convertSeedrandom(site: string): Promise<void> {
  const tfjs = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-cpu'));
  const contents = `export { alea } from ${JSON.stringify(tfjs.resolve('seedrandom'))};`;
  await esbuild({
    stdin: { contents, resolveDir: site },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    external: ['crypto'],
    outfile: path.join(site, 'seedrandom.js'),
  });
}

async function importMap(site: string): Promise<Record<string, string>> {
  const imports: Record<string, string> = { seedrandom: '/seedrandom.js' };
  for (const [name, file] of Object.entries(tfjsModules)) imports[name] = `/${file}`;
  for (const name of ownPackages) {
    const folder = `node_modules/@nt/${name}`;
    const manifest = JSON.parse(await readFile(path.join(site, folder, 'package.json'), 'utf8'));
    const entries = Object.entries(manifest.exports as Record<string, { default: string }>);
    for (const [entry, target] of entries)
      imports[path.posix.join(`@nt/${name}`, entry)] = `/${path.posix.join(folder, target.default)}`;
  }
  return imports;
}
