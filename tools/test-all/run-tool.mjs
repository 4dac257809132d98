import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs one JavaScript tool in a process of its own. Each line that it prints is prefixed, so that nothing it says can
 * be taken for the last line of the whole run.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {string[]} options.args the tool's file and its arguments
 * @param {string} options.folder where it runs
 * @param {Record<string, string>} [options.env]
 * @param {number} options.limitMinutes it is killed after this time: a hanging test must not hang the run
 * @param {(line: string) => void} options.print
 * @returns {Promise<{ exitCode: number | null, minutes: number }>}
 */
export async function runTool({ label, args, folder, env = {}, limitMinutes, print }) {
  const start = performance.now();
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...inherited, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const limit = setTimeout(() => {
    print(`${label} | took more than ${limitMinutes} minutes, ended`);
    child.kill('SIGKILL');
  }, limitMinutes * 60_000);
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => line.trim() && print(`${label} | ${line}`));
  }
  const exitCode = await new Promise((resolve) => {
    child.on('error', (error) => {
      print(`${label} | ${error.message}`);
      resolve(127);
    });
    child.on('close', resolve);
  });
  clearTimeout(limit);
  return { exitCode, minutes: (performance.now() - start) / 60_000 };
}
