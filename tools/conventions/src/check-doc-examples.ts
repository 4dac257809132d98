import { join } from 'node:path';
import { docExamples } from './doc-comments.ts';
import { differenceOf, runNode } from './run-example.ts';
import { isLibraryCode, isSource } from './source-file.ts';
import { typeErrors } from './type-errors.ts';
import { libraries, readText, type Violation, type Workspace } from './workspace.ts';

interface Place {
  /** `packages/optim/src/recipes/lion.ts:28` */
  readonly place: string;
  readonly code: string;
}

/** The examples in doc comments, for each library that has some. */
export function findDocExamples(workspace: Workspace): { readonly folder: string; readonly examples: Place[] }[] {
  return libraries(workspace).flatMap(({ folder, files }) => {
    const examples = files
      .filter((file) => isLibraryCode(file) && isSource(file))
      .flatMap((file) =>
        docExamples(file, readText(workspace, file)).map(({ line, code }) => ({ place: `${file}:${line}`, code })),
      );
    return examples.length > 0 ? [{ folder, examples }] : [];
  });
}

/**
 * Examples in doc comments print what they say, and pass the compiler. Those of a package run in one process, from its
 * folder and from sources, one after the other: some forty processes would cost half a minute.
 */
export async function checkDocExamples(
  root: string,
  folder: string,
  examples: readonly Place[],
  nodeOptions: readonly string[] = ['--import', 'tsx', '--conditions=@nt/source'],
): Promise<Violation[]> {
  const program = examples.map(({ code }) => wrapped(code)).join('\n');
  const run = await runNode([...nodeOptions, '--input-type=module', '-'], join(root, folder), program);
  if (run.exitCode !== 0)
    return [`${folder}: its examples ended with ${run.exitCode}: ${run.stderr.trim().slice(-600)}`];
  const printed = run.stdout.split(end);
  const errors = typeErrors(
    join(root, folder),
    examples.map(({ code }) => code),
  );
  return examples.flatMap(({ place, code }, index) => [
    ...differenceOf(place, code, printed[index] ?? ''),
    ...errors[index]!.map((error) => `${place}: ${error}`),
  ]);
}

const end = '\u0004\n';

/** An example as a block of its own, which goes on with the next one when it throws. */
function wrapped(code: string): string {
  const body = code.replaceAll(
    /^import (\{[^}]*\}|\* as \w+) from ('[^']+');$/gm,
    (_, names: string, module: string) =>
      `const ${names.replace('* as ', '').replaceAll(' as ', ': ')} = await import(${module});`,
  );
  return `try {\n${body}\n} catch (error) {\n  console.log(String(error));\n}\nprocess.stdout.write(${JSON.stringify(end)});`;
}
