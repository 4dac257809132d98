import ts from 'typescript';
import { isSource, lineOf, parseSource, visitAll } from './source-file.ts';
import { readText, type Violation, type Workspace } from './workspace.ts';

/**
 * Paths hold on every system. What is found here has broken on Windows: `.pathname` of a file's address begins with
 * `/C:/` and has `%20` for spaces; there is no `/tmp`; an absolute path begins with a drive.
 */
export function checkPortablePaths(workspace: Workspace): Violation[] {
  return workspace.files.filter(isSource).flatMap((file) => {
    const text = readText(workspace, file);
    if (!/\.pathname|\/tmp|startsWith\('\/'\)/.test(text)) return []; // most files: not worth a parse
    const usesPaths = /from 'node:(?:fs|path)/.test(text);
    const found: Violation[] = [];
    visitAll(parseSource(file, text), (node) => {
      const problem = problemOf(node, usesPaths);
      if (problem) found.push(`${file}:${lineOf(node)}: ${problem}`);
    });
    return found;
  });
}

function problemOf(node: ts.Node, usesPaths: boolean): string | undefined {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'pathname' && isFileAddress(node.expression)) {
    return '.pathname of a file: use fileURLToPath of node:url';
  }
  if ((ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && /^\/tmp(?:\/|$)/.test(node.text)) {
    return '/tmp: use tmpdir() of node:os';
  }
  if (usesPaths && ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const [first] = node.arguments;
    const asksForRoot = node.expression.name.text === 'startsWith' && first && ts.isStringLiteralLike(first);
    if (asksForRoot && first.text === '/') return "startsWith('/'): use isAbsolute or parse of node:path";
  }
  return undefined;
}

/** `new URL(…, import.meta.url)`, `import.meta.url` in a `new URL`, or `pathToFileURL(…)`. */
function isFileAddress(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isFileAddress(node.expression);
  if (ts.isCallExpression(node)) return node.expression.getText() === 'pathToFileURL';
  return ts.isNewExpression(node) && (node.arguments ?? []).some((each) => each.getText() === 'import.meta.url');
}
