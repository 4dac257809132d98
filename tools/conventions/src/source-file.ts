import ts from 'typescript';

/** Source code of ours that the compiler can read. */
export function isSource(file: string): boolean {
  return /\.(?:[cm]?ts|tsx|[cm]?js|jsx)$/.test(file) && !file.endsWith('.d.ts');
}

/** Where a file stands decides what it may do: library code is held to more than its tests and examples. */
export function isLibraryCode(file: string): boolean {
  return /^(?:packages|apps)\/[^/]+\/src\//.test(file) && !/\.(?:test|test-d|bench)\.tsx?$/.test(file);
}

export function parseSource(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Every module that the text names in import, export … from, import() and require(), types included. */
export function importedModules(file: string, text: string): readonly string[] {
  const modules: string[] = [];
  visitAll(parseSource(file, text), (node) => {
    const module = moduleNamedBy(node);
    if (module && ts.isStringLiteralLike(module)) modules.push(module.text);
  });
  return modules;
}

function moduleNamedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
  return isRequire || expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
}

/** The line of a node, for messages: counted from 1. */
export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

export function visitAll(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => visitAll(child, visit));
}
