import { execFileSync, type SpawnOptions } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresPrograms } from './needs.ts';
import { freePort, startServer, type TestServer } from './server.ts';

/** Starts a PostgreSQL server with an empty database; the user `nt` needs no password. */
export async function startPostgres(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'nt-postgres-'));
  const port = await freePort();
  const as = otherUser(folder);
  const program = (name: string): string => join(postgresPrograms()!, name);
  const data = join(folder, 'data');
  execFileSync(program('initdb'), ['-D', data, '-U', 'nt', '--auth=trust', '--no-sync'], { ...as, stdio: 'pipe' });
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200'];
  return startServer({
    address: `postgres://nt@127.0.0.1:${port}/postgres`,
    folder,
    command: [program('postgres'), '-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
    options: as,
    // SIGTERM would wait for all clients to leave; SIGKILL would leave processes behind that hold its memory.
    signals: { orderly: 'SIGINT', crash: 'SIGQUIT' },
    async ping() {
      execFileSync(program('pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], { stdio: 'pipe' });
    },
  });
}

/** PostgreSQL refuses to run as root: Debian's package brings a user for it. */
function otherUser(folder: string): SpawnOptions & { cwd: string } {
  if (process.getuid?.() !== 0) return { cwd: folder };
  const [uid, gid] = ['-u', '-g'].map((which) => Number(execFileSync('id', [which, 'postgres'])));
  chownSync(folder, uid!, gid!);
  return { cwd: folder, uid: uid!, gid: gid! };
}
