import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Runs a command in the shell with a text on its stdin. What it prints goes to stderr, since stdout is for
 * results; `quiet` leaves out all but its errors.
 *
 * @returns what went wrong; undefined when it ended well
 */
export async function runHook(hook: {
  readonly command: string;
  readonly event: string;
  readonly content: string;
  readonly seconds: number;
  readonly quiet: boolean;
}): Promise<string | undefined> {
  const { command, event, content, seconds, quiet } = hook;
  const child = spawn(command, {
    shell: true,
    // A group of its own: it can be ended with all that it started, and Ctrl-C for the training is none for it.
    detached: process.platform !== 'win32',
    stdio: ['pipe', quiet ? 'ignore' : 2, 2],
    env: { ...process.env, NT_EVENT: event },
  });
  // One that does not read its stdin is no failure.
  child.stdin!.on('error', () => {});
  child.stdin!.end(`${content}\n`);
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    end(child);
  }, seconds * 1000);
  try {
    return await new Promise<string | undefined>((resolve) => {
      child.on('error', (error) => resolve(`it cannot be started (${error.message})`));
      child.on('close', (code, signal) => {
        if (isLate) return resolve(`it was ended after ${seconds} s`);
        resolve(code === 0 ? undefined : `it failed with ${code === null ? `signal ${signal}` : `exit code ${code}`}`);
      });
    });
  } finally {
    clearTimeout(limit);
  }
}

function end(child: ChildProcess): void {
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
