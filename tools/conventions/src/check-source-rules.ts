import ts from 'typescript';
import { isLibraryCode, isSource, lineOf, parseSource, visitAll } from './source-file.ts';
import { libraries, readText, type Violation, type Workspace } from './workspace.ts';

/**
 * Where a rule is set aside, and why: `path prefix` → rules. Short on purpose; a new line here is a decision to defend.
 */
export const exceptions: Readonly<Record<string, readonly string[]>> = {
  // Threads that never start tell nobody: what waits for them needs an end.
  'packages/backend-cpu/src/pool/worker-pool.ts': ['setTimeout'],
  // A lost device tells of it a while after what was under way on it has failed, and there is nothing to await.
  'packages/forecast/src/worker/engine-holder.ts': ['setTimeout'],
  // A hidden page draws no frame: what waits for one needs an end.
  'packages/trainer/src/run/breathing.ts': ['setTimeout'],
};

const forbidden: Readonly<Record<string, string>> = {
  console: 'libraries do not print; return it, throw it or emit an event',
  'Math.random': 'not reproducible; use the seeded generator that is passed in',
  setTimeout: 'work is awaited, not timed',
  setInterval: 'work is awaited, not timed',
};

/** What library code never does: print, draw unseeded random numbers, wait for a clock, keep state in a module. */
export function checkSourceRules(workspace: Workspace, exempt = exceptions): Violation[] {
  return libraries(workspace)
    .flatMap(({ files }) => files)
    .filter((file) => isSource(file) && isLibraryCode(file))
    .flatMap((file) => {
      const allowed = Object.entries(exempt).flatMap(([prefix, rules]) => (file.startsWith(prefix) ? rules : []));
      return findForbidden(file, readText(workspace, file)).filter(({ rule }) => !allowed.includes(rule));
    })
    .map(({ place, rule, why }) => `${place}: ${rule}: ${why}`);
}

interface Found {
  readonly place: string;
  readonly rule: string;
  readonly why: string;
}

function findForbidden(file: string, text: string): Found[] {
  const source = parseSource(file, text);
  const found: Found[] = [];
  const add = (node: ts.Node, rule: string, why: string): void => {
    found.push({ place: `${file}:${lineOf(node)}`, rule, why });
  };
  visitAll(source, (node) => {
    const rule = usedGlobal(node);
    if (rule && forbidden[rule]) add(node, rule, forbidden[rule]);
  });
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const)) {
      add(statement, 'module-level let', 'no mutable state in modules; keep it in an object that a caller owns');
    }
    if (ts.isExportAssignment(statement) || hasDefaultModifier(statement)) {
      add(statement, 'default export', 'named exports only');
    }
  }
  return found;
}

/** `console` in `console.log`, `Math.random`, `setTimeout` in a call, also behind `globalThis.`. */
function usedGlobal(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const { text } = node.expression;
    if (text === 'console') return 'console';
    if (text === 'Math') return `Math.${node.name.text}`;
    if (text === 'globalThis') return node.name.text;
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return node.expression.text;
  return undefined;
}

function hasDefaultModifier(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}
