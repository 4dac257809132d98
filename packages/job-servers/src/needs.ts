import { spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether there is a Redis server to test with. When not, its tests are left out openly: the reason is appended to the file
 * named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export function needsRedis(): boolean {
  if (spawnSync('redis-server', ['--version']).status === 0) return true;
  return leftOut('jobs/redis — no redis-server: apt-get install redis-server');
}

/** Whether there is a PostgreSQL server to test with; likewise. */
export function needsPostgres(): boolean {
  if (postgresPrograms() !== null) return true;
  return leftOut('jobs/postgresql — no initdb: apt-get install postgresql');
}

/** The folder of PostgreSQL's programs, which Debian does not put on the path; the newest version. */
export function postgresPrograms(): string | null {
  if (spawnSync('initdb', ['--version']).status === 0) return '';
  const root = '/usr/lib/postgresql';
  const found = names(root)
    .sort((a, b) => Number(b) - Number(a))
    .find((version) => names(join(root, version, 'bin')).includes('initdb'));
  return found === undefined ? null : join(root, found, 'bin');
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function leftOut(line: string): false {
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(line);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}
