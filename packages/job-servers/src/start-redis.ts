import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startServer, type TestServer } from './server.ts';

/** Starts a Redis server that keeps what it is told on its disk, as one for jobs has to. @param password it asks for */
export async function startRedis(password?: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'nt-redis-'));
  const port = await freePort();
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'];
  return startServer({
    address: `redis://127.0.0.1:${port}`,
    folder,
    command: ['redis-server', ...words, ...(password === undefined ? [] : ['--requirepass', password])],
    signals: { orderly: 'SIGTERM', crash: 'SIGKILL' },
    async ping() {
      const socket = connect(port, '127.0.0.1');
      try {
        socket.write(password === undefined ? 'PING\r\n' : `AUTH "${password}"\r\n`);
        const [answer] = (await once(socket, 'data')) as [Buffer];
        if (!/^\+(PONG|OK)/.test(String(answer))) throw new Error(String(answer)); // it is loading
      } finally {
        socket.destroy();
      }
    },
  });
}
