import { join, relative } from 'node:path';
import ts from 'typescript';
import { compilerOptions } from './compiler-options.ts';
import { sourceEntries } from './manifest.ts';
import { libraries, type Violation, type Workspace } from './workspace.ts';

/**
 * Every export of every entry has a doc comment.
 *
 * Asked of the compiler itself instead of TypeDoc's `validation.notDocumented`: one program for all packages takes a
 * few seconds, needs no built files and no configuration per package, and demands exactly the rule (exports, not every
 * member of them).
 */
export function checkDocumentedExports(workspace: Workspace): Violation[] {
  const entries = libraries(workspace).flatMap(({ name, folder, manifest }) =>
    [...sourceEntries(manifest)].map(([entry, source]) => ({
      name: entry === '.' ? name : `${name}${entry.slice(1)}`,
      file: join(workspace.root, folder, source),
      isForItsEffect: Array.isArray(manifest.sideEffects) && manifest.sideEffects.includes(source),
    })),
  );
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    compilerOptions,
  );
  const checker = program.getTypeChecker();
  return entries.flatMap(({ name, file, isForItsEffect }) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const symbols = module ? checker.getExportsOfModule(module) : [];
    if (symbols.length === 0 && !isForItsEffect) return [`${relative(workspace.root, file)}: ${name} exports nothing`];
    return symbols
      .filter((symbol) => !isDocumented(symbol, checker))
      .map((symbol) => `${name}: ${symbol.name} has no doc comment`);
  });
}

function isDocumented(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return ts.displayPartsToString(target.getDocumentationComment(checker)).trim() !== '';
}
