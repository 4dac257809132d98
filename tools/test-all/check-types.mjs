// Checks the types of packages with the same compiler options as one program: what they import of each other is read and
// checked once instead of in each of them. Prints what is wrong as tsc does, and writes how often each package is at fault.
// Arguments: the file for that, the workspace, and the packages' folders.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

const [report, root, ...folders] = /** @type {[string, string, ...string[]]} */ (process.argv.slice(2));
/** @type {typeof import('typescript')} */
const ts = createRequire(join(root, 'package.json'))('typescript');

const configs = folders.map((folder) => {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const config = ts.getParsedCommandLineOfConfigFile(join(folder, 'tsconfig.json'), {}, host);
  if (!config) throw new Error(`${folder}: no tsconfig.json`);
  return { folder, ...config };
});
const [first] = configs;
const program = ts.createProgram({
  rootNames: configs.flatMap(({ fileNames }) => fileNames),
  options: /** @type {import('typescript').CompilerOptions} */ (first?.options),
});

const found = [
  ...configs.flatMap(({ folder, errors }) => errors.map((error) => ({ error, owners: [folder] }))),
  ...ts.getPreEmitDiagnostics(program).map((error) => ({ error, owners: ownersOf(error) })),
];
const format = { getCanonicalFileName: String, getCurrentDirectory: () => root, getNewLine: () => '\n' };
process.stdout.write(
  ts.formatDiagnostics(
    found.map(({ error }) => error),
    format,
  ),
);
const faults = folders.map((folder) => found.filter(({ owners }) => owners.includes(folder)).length);
writeFileSync(report, JSON.stringify(faults));
process.exitCode = found.length > 0 ? 1 : 0;

/**
 * The package that the file is in. What is wrong elsewhere is wrong with the options of all.
 *
 * @param {import('typescript').Diagnostic} error
 */
function ownersOf({ file }) {
  const owner = folders.find((folder) => file?.fileName.startsWith(`${folder.replaceAll(sep, '/')}/`));
  return owner ? [owner] : folders;
}

/**
 * @param {import('typescript').Diagnostic} error
 * @returns {never}
 */
function fail({ messageText }) {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
}
