import ts from 'typescript';
import { lineOf, parseSource, visitAll } from './source-file.ts';

/** A block of code in a doc comment. */
export interface DocExample {
  /** 1-based line of its first line of code */
  readonly line: number;
  readonly code: string;
}

/** The blocks ```ts of all doc comments of a file. */
export function docExamples(file: string, text: string): DocExample[] {
  const comments = new Set<ts.JSDoc>();
  visitAll(parseSource(file, text), (node) => {
    for (const comment of ts.getJSDocCommentsAndTags(node)) if (ts.isJSDoc(comment)) comments.add(comment);
  });
  return [...comments].flatMap((comment) => {
    const lines = linesOf(comment);
    const fences = lines.flatMap((line, index) => (line.startsWith('```') ? index : []));
    return fences.flatMap((open, fence) => {
      if (fence % 2 === 1 || lines[open] !== '```ts') return [];
      return { line: lineOf(comment) + open + 1, code: lines.slice(open + 1, fences[fence + 1]).join('\n') };
    });
  });
}

/** What the doc comment of an export holds; nothing when the file does not export it, or says nothing of it. */
export function docCommentOf(
  file: string,
  text: string,
  name: string,
): { readonly formula: boolean; readonly example: boolean } {
  const source = parseSource(file, text);
  const comments = source.statements
    .filter((statement) => declares(statement, name))
    .flatMap(ts.getJSDocCommentsAndTags);
  const lines = comments.filter(ts.isJSDoc).flatMap(linesOf);
  const fence = lines.indexOf('```ts');
  return {
    // An indented block: Markdown sets it as it stands, and pages and editors show it so.
    formula: lines.slice(0, fence < 0 ? undefined : fence).some((line) => /^ {4}\S/.test(line)),
    example: fence >= 0,
  };
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text === name;
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some((declaration) => declaration.name.getText() === name)
  );
}

/** The lines between its marks, without the stars. */
function linesOf(comment: ts.JSDoc): string[] {
  return comment
    .getText()
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/^\s*(?:\/\*\*|\*\/|\*) ?/, '')
        .replace(/\s*\*\/$/, '')
        .trimEnd(),
    );
}
