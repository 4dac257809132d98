import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { needsPostgres, needsRedis, startPostgres, startRedis, type TestServer } from '../src/index.ts';

const listens = async ({ address }: TestServer): Promise<boolean> => {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

async function lifeOf(server: TestServer): Promise<void> {
  try {
    expect(await listens(server)).toBe(true);
    for (const how of ['orderly', 'crash'] as const) {
      await server.restart(how);
      expect(await listens(server)).toBe(true);
    }
  } finally {
    await server.stop();
  }
  expect(await listens(server)).toBe(false);
}

it.runIf(needsRedis())('Redis starts, is started anew, and ends', async () => lifeOf(await startRedis()));
it.runIf(needsPostgres())('PostgreSQL starts, is started anew, and ends', async () => lifeOf(await startPostgres()));
