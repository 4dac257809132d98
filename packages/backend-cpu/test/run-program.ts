import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** Runs a TypeScript program in a process of its own and returns what it prints. */
export async function runProgram(
  program: string,
  { environment = {}, flags = [] }: { readonly environment?: Record<string, string>; readonly flags?: string[] } = {},
): Promise<string> {
  const root = path.dirname(import.meta.dirname);
  const all = [...flags, '--import', 'tsx', '--conditions=@nt/source', '--input-type=module', '--eval', program];
  const env = { ...process.env, ...environment };
  return (await promisify(execFile)(process.execPath, all, { cwd: root, timeout: 60_000, env })).stdout;
}
