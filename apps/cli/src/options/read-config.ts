import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { UsageError } from '../usage-error.ts';

type Parse = (text: string) => Promise<unknown>;

/** Parsers by ending; each is loaded when a file asks for it. */
const parsers: Readonly<Record<string, Parse>> = {
  '.json': async (text) => JSON.parse(text) as unknown,
  '.yaml': async (text) => (await import('./parse-yaml.ts')).parseYaml(text) as unknown,
  '.toml': async (text) => (await import('smol-toml')).parse(text),
};

/**
 * Reads a configuration: options by name, or those of several verbs, each under its name, of which `verb`'s are given.
 *
 * @throws UsageError for a file that cannot be read, is damaged, or is no table of options
 */
export async function readConfig(
  path: string,
  verb: string,
  verbs: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const ending = extname(path).toLowerCase().replace('.yml', '.yaml');
  const parse = parsers[ending];
  if (!parse) throw wrong(path, `a configuration is ${Object.keys(parsers).join(', ')} (or .yml)`);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrong(path, error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${error.code})`);
  });
  const content = await parse(text.replace(/^\uFEFF/, '')).catch((error: Error) => {
    throw wrong(path, `it cannot be read: ${error.message.trim()}`);
  });
  // Dates of TOML are objects; as JSON they are what the flags take.
  const table: unknown = content === null ? {} : JSON.parse(JSON.stringify(content));
  if (!isTable(table)) throw wrong(path, 'expected options by name, horizon: 24');
  const sections = Object.keys(table).filter((key) => verbs.includes(key));
  if (sections.length === 0) return table;
  const other = Object.keys(table).find((key) => !verbs.includes(key) && key !== '$schema');
  if (other !== undefined)
    throw wrong(path, `'${other}' stands beside the options of ${sections.join(', ')}; put it under a verb`);
  const section = table[verb] ?? {};
  if (!isTable(section)) throw wrong(path, `${verb}: expected options by name`);
  return section;
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (path: string, problem: string): UsageError => new UsageError(`--config ${path}: ${problem}.`);
