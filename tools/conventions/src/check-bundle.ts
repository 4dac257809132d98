import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import type { Ceiling } from './bundle-ceilings.ts';
import { bareName } from './check-arrows.ts';
import { sourceEntries } from './manifest.ts';
import type { Violation, Workspace } from './workspace.ts';

/** Bundles what a page would import and weighs it after gzip. */
export async function checkBundle(workspace: Workspace, ceiling: Ceiling): Promise<Violation[]> {
  const { what, code, external = [], mustNotContain = [], story } = ceiling;
  const text = await bundle(workspace, code, external);
  const bytes = gzipSync(text, { level: 9 }).length;
  const maximum = story.at(-1)?.bytes ?? 0;
  return [
    ...(bytes > maximum ? [`${what}: ${bytes} bytes, at most ${maximum}; if it is worth it, add to its story`] : []),
    ...mustNotContain.filter((word) => text.includes(word)).map((word) => `${what}: contains "${word}"`),
  ];
}

async function bundle(workspace: Workspace, code: string, external: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: workspace.root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@nt/source'],
    external: [...external],
    logLevel: 'silent',
    plugins: [fromSources(workspace)],
  });
  return outputFiles.map((file) => file.text).join('');
}

/** The root does not depend on the packages, so esbuild cannot find them from there by itself. */
function fromSources({ root, packages }: Workspace): Plugin {
  return {
    name: 'from-sources',
    setup({ onResolve }) {
      onResolve({ filter: /^@nt\// }, ({ path }) => {
        const name = bareName(path);
        const target = packages.find((each) => each.name === name);
        const source = target && sourceEntries(target.manifest).get(`.${path.slice(name.length)}`);
        return source
          ? { path: join(root, target.folder, source), sideEffects: target.manifest.sideEffects !== false }
          : undefined;
      });
    },
  };
}
