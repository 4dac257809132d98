import { spawnSync } from 'node:child_process';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} folder
 * @returns {string} what it printed
 */
export function runCommand(command, args, folder) {
  const { status, stdout, stderr, error } = tryCommand(command, args, folder);
  if (status === 0) return stdout;
  const output = error?.message ?? `${stdout}\n${stderr}`.trim().slice(-3000);
  throw new Error(`${command} ${args.join(' ')}: ended with ${status}\n${output}`);
}

/**
 * As `runCommand`, for commands that are meant to fail.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {string} folder
 */
export function tryCommand(command, args, folder) {
  // What npm and pnpm tell the scripts that they run would make an npm in here work on this workspace.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm|pnpm)_/i.test(name)));
  const isScript = process.platform === 'win32' && !command.endsWith('.exe');
  // A shell takes its words apart at spaces, and people have some in their names, which are in their folders' paths.
  const word = (/** @type {string} */ text) => (isScript && /[\s&()^;,=]/.test(text) ? `"${text}"` : text);
  return spawnSync(word(command), args.map(word), {
    cwd: folder,
    env: { ...env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_OPTIONS: '' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: isScript,
    timeout: 10 * 60_000,
  });
}
