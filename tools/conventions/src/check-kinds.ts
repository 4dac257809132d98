import ts from 'typescript';
import { docCommentOf } from './doc-comments.ts';
import { type Evidence, type Kind, kinds } from './kinds.ts';
import { isSource, parseSource, visitAll } from './source-file.ts';
import { readText, type Violation, type Workspace } from './workspace.ts';

/** Whoever adds an optimizer, a loss, a reader … is told at once what else belongs to it. */
export function checkKinds(workspace: Workspace, table: readonly Kind[] = kinds): Violation[] {
  const words = wordsOfFiles(workspace);
  return table.flatMap((kind) => {
    const found = membersOf(workspace, kind);
    if (found.length === 0) return [`${kind.kind}: nothing at ${placeOf(kind)}; say in kinds.ts where they are now`];
    const members = found.filter(({ name }) => !kind.others?.[name]);
    const names = found.map(({ name }) => name);
    const stale = [kind.others ?? {}, ...kind.evidence.map(({ without = {} }) => without)]
      .flatMap((reasons) => Object.keys(reasons))
      .filter((name) => !names.includes(name))
      .map((name) => `${kind.kind}: kinds.ts excuses ${name}, which is gone`);
    const missing = members.flatMap(({ name, file }) =>
      kind.evidence
        .filter((evidence) => !evidence.without?.[name] && !isThere(workspace, evidence, name, words))
        .map(({ what, where }) => `${file}: the ${kind.kind} ${name} lacks ${what}: ${readable(where, name)}`),
    );
    return [...stale, ...missing];
  });
}

interface Member {
  readonly name: string;
  readonly file: string;
}

function membersOf(workspace: Workspace, { members }: Kind): Member[] {
  const files = filesAt(workspace, placeOf({ members })).filter((file) => !/\.test\.ts$/.test(file));
  if ('files' in members) return files.map((file) => ({ name: nameOf(file), file }));
  const named = new RegExp(`^(?:${members.named ?? '.*'})$`);
  return files.flatMap((file) =>
    exportedValues(file, readText(workspace, file))
      .filter((name) => named.test(name))
      .map((name) => ({ name, file })),
  );
}

function placeOf({ members }: Pick<Kind, 'members'>): string {
  return 'files' in members ? members.files : members.exportsOf;
}

/** `half-cosine.ts` → halfCosine, `nhits-factory.ts` → nhits; a package is called as its folder is. */
function nameOf(file: string): string {
  const [, folder = '', base = ''] = /([^/]+)\/([^/]+)\.\w+$/.exec(file) ?? [];
  if (base === 'package') return folder;
  return base.replace(/-factory$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function isThere(workspace: Workspace, { where, comment }: Evidence, name: string, words: Words): boolean {
  const files = filesAt(workspace, where.replaceAll('NAME', name));
  if (comment) return files.some((file) => docCommentOf(file, readText(workspace, file), name)[comment]);
  return where.includes('NAME') ? files.length > 0 : files.some((file) => words(file).has(name));
}

function filesAt({ files }: Workspace, place: string): readonly string[] {
  const pattern = new RegExp(`^(?:${place})$`);
  return files.filter((file) => pattern.test(file));
}

type Words = (file: string) => ReadonlySet<string>;

/** The words of each file, read once. Of code only what it says itself: an import is no use yet. */
function wordsOfFiles(workspace: Workspace): Words {
  const known = new Map<string, ReadonlySet<string>>();
  return (file) => {
    const words = known.get(file) ?? new Set(wordsIn(file, readText(workspace, file)));
    known.set(file, words);
    return words;
  };
}

function wordsIn(file: string, text: string): string[] {
  if (!isSource(file)) return text.match(/[\w-]+/g) ?? [];
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) words.push(node.text);
    if (ts.isStringLiteralLike(node)) words.push(...(node.text.match(/[\w-]+/g) ?? []));
  };
  for (const statement of parseSource(file, text).statements) {
    if (!ts.isImportDeclaration(statement)) visitAll(statement, visit);
  }
  return words;
}

/** Names of the values that a file exports, its own and those of other files. */
function exportedValues(file: string, text: string): string[] {
  return parseSource(file, text).statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.exportClause) {
      const { exportClause } = statement;
      if (!ts.isNamedExports(exportClause)) return [];
      return exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
    }
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : [];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  });
}

/** A pattern as a person reads it. */
function readable(where: string, name: string): string {
  return where.replaceAll('NAME', name).replaceAll('\\.', '.').replaceAll('(?:', '(');
}
