import { readFile } from 'node:fs/promises';

/** The content of a file of JSON; undefined where it cannot be read. */
export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
