import { posix } from 'node:path';
import { isSource } from './source-file.ts';
import { readText, type Violation, type Workspace } from './workspace.ts';

/** "Aim at 80, look twice above 150, never above 250." Only the last can be a command. */
export const maximalLines = 250;
/** A whole program of `examples/` is read in one go. */
export const maximalExample = 80;

const codeFolders = /^(?:packages|apps|tools|examples)\//;
const notOurs = /\/golden\/|\.generated\./;
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Python cannot import a name with a hyphen, and C has its own habits. */
const snake = /^[a-z0-9]+(?:_[a-z0-9]+)*$/;

/** Files are short and named in kebab-case. */
export function checkFileShape(workspace: Workspace): Violation[] {
  const files = workspace.files.filter((file) => codeFolders.test(file) && !notOurs.test(file) && isCode(file));
  return files.flatMap((file) => {
    const lines = readText(workspace, file).trimEnd().split('\n').length;
    const most = /^examples\/(?!test\/|tools\/)/.test(file) ? maximalExample : maximalLines;
    const name = posix.basename(file).split('.', 1)[0] ?? '';
    return [
      ...(lines > most ? [`${file}: ${lines} lines, at most ${most}: split it`] : []),
      ...(isNamedWell(name, file) ? [] : [`${file}: expected a name in kebab-case`]),
    ];
  });
}

function isNamedWell(name: string, file: string): boolean {
  return kebab.test(name) || (/\.(?:py|c|h)$/.test(file) && snake.test(name));
}

function isCode(file: string): boolean {
  return isSource(file) || /\.(?:c|h|wgsl|py)$/.test(file);
}
