import ts from 'typescript';
import { isSource, lineOf, parseSource, visitAll } from './source-file.ts';
import { readText, type Violation, type Workspace } from './workspace.ts';

const suites = new Set(['it', 'test', 'describe', 'suite', 'bench', 'context', 'task']);
const silent = new Set(['only', 'skip', 'todo']);
const conditional = new Set(['skipIf', 'runIf']);

/**
 * No test is switched off in silence. `it.skipIf` and `it.runIf` take a call of `needs(…)`, which writes the reason to
 * the list of what was left out, or stand in a file that writes it itself.
 */
export function checkFocusedTests(workspace: Workspace): Violation[] {
  return workspace.files
    .filter((file) => isSource(file) && /\.(?:test|bench)\.tsx?$/.test(file))
    .flatMap((file) => {
      const source = parseSource(file, readText(workspace, file));
      const found: Violation[] = [];
      visitAll(source, (node) => {
        const problem = problemOf(node, source.text);
        if (problem) found.push(`${file}:${lineOf(node)}: ${problem}`);
      });
      return found;
    });
}

function problemOf(node: ts.Node, text: string): string | undefined {
  if (ts.isPropertyAccessExpression(node) && suites.has(rootName(node))) {
    const word = node.name.text;
    if (silent.has(word)) return `.${word}: every test runs; say what is missing with needs(…) instead`;
    if (conditional.has(word) && !/\bneeds\w*\(|NT_LEFT_OUT/.test(text))
      return `.${word}: expected a condition from needs(…)`;
  }
  return undefined;
}

/** `describe` in `describe.concurrent.skip` */
function rootName(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootName(node.expression);
  return ts.isIdentifier(node) ? node.text : '';
}
