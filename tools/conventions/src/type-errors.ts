import ts from 'typescript';
import { compilerOptions } from './compiler-options.ts';

/** What the compiler says of each text, as if it stood in a file of the folder: one program for all. */
export function typeErrors(folder: string, texts: readonly string[]): string[][] {
  const options: ts.CompilerOptions = { ...compilerOptions, strict: true };
  const files = texts.map((_, index) => `${folder}/example-of-a-comment-${index}.ts`.replaceAll('\\', '/'));
  const own = new Map(texts.map((text, index) => [files[index]!, `${text}\nexport {};\n`]));
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => own.has(name) || fileExists(name);
  host.getSourceFile = (name, language, ...rest) => {
    const text = own.get(name);
    if (text === undefined) return getSourceFile(name, language, ...rest);
    // The format decides how its imports are resolved; a file that is not there has no package.json to say it.
    return ts.createSourceFile(name, text, { ...languageOf(language), impliedNodeFormat: ts.ModuleKind.ESNext });
  };
  const program = ts.createProgram(files, options, host);
  return files.map((file) => {
    const source = program.getSourceFile(file)!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  });
}

function languageOf(language: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.CreateSourceFileOptions {
  return typeof language === 'object' ? language : { languageVersion: language };
}
