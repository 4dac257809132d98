import { readFileSync } from 'node:fs';
import { Converter, MinimalSourceFile, normalizePath, ReflectionKind } from 'typedoc';
import { originsAsTags } from './origins-as-tags.mjs';

/**
 * Modules bear the names that they are imported by, and a package's main module shows the package's page.
 *
 * @param {import('typedoc').Application} app
 * @param {readonly { readonly name: string, readonly file: string, readonly page?: string }[]} entries absolute paths
 */
export function modulesAsImported(app, entries) {
  const byFile = new Map(entries.map((entry) => [normalizePath(entry.file), entry]));
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.kindOf(ReflectionKind.Module)) return;
    const [declaration] = context.getSymbolFromReflection(reflection)?.declarations ?? [];
    const entry = byFile.get(normalizePath(declaration?.getSourceFile().fileName ?? ''));
    if (!entry) return;
    reflection.name = entry.name;
    if (!entry.page) return;
    const page = normalizePath(entry.page);
    const { files } = context.project;
    reflection.readme = app.converter.parseRawComment(
      new MinimalSourceFile(readFileSync(page, 'utf8'), page),
      files,
    ).content;
    files.registerReflectionPath(page, reflection);
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const { comment } of Object.values(project.reflections)) if (comment) originsAsTags(comment);
  });
}
