import { posix } from 'node:path';
import { isSource } from './source-file.ts';
import { readText, type Violation, type Workspace } from './workspace.ts';

/** "Aim at 80, look twice above 150, never above 250." Only the last can be a command. */
export const maximalLines = 250;

const codeFolders = /^(?:packages|apps|tools)\//;
const notOurs = /\/golden\/|\.generated\./;
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Python cannot import a name with a hyphen, and C has its own habits. */
const snake = /^[a-z0-9]+(?:_[a-z0-9]+)*$/;

/** Files are short and named in kebab-case. */
export function checkFileShape(workspace: Workspace): Violation[] {
  const files = workspace.files.filter((file) => codeFolders.test(file) && !notOurs.test(file) && isCode(file));
  return files.flatMap((file) => {
    const lines = readText(workspace, file).trimEnd().split('\n').length;
    const name = posix.basename(file).split('.', 1)[0] ?? '';
    return [
      ...(lines > maximalLines ? [`${file}: ${lines} lines, at most ${maximalLines}: split it`] : []),
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
