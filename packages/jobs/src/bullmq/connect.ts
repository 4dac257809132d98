import type * as BullMq from 'bullmq';
import { JobsError } from '../jobs-error.ts';

/** The parts of BullMQ for one server. */
export interface Connection {
  readonly Queue: typeof BullMq.Queue;
  readonly Worker: typeof BullMq.Worker;
  readonly UnrecoverableError: typeof BullMq.UnrecoverableError;
  /** What both are given. */
  readonly connection: BullMq.ConnectionOptions;
  /** Waits for the server, and makes in it what is needed. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

/** The client of a server by the scheme of its address. */
const clients: Readonly<Record<string, 'ioredis' | 'pg'>> = {
  'redis:': 'ioredis',
  'rediss:': 'ioredis',
  'postgres:': 'pg',
  'postgresql:': 'pg',
};

/** Whether an address is that of a server that BullMQ can use. */
export const isServer = (address: string): boolean => schemeOf(address) in clients;

/** Loads BullMQ with the client of the server. @throws JobsError `jobs/not-installed`, saying what to install */
export async function connect(address: string): Promise<Connection> {
  const client = clients[schemeOf(address)]!;
  const bullmq = await load(client);
  return client === 'ioredis' ? redisConnection(bullmq, address) : postgresConnection(bullmq, address);
}

function redisConnection({ Queue, Worker, UnrecoverableError }: typeof BullMq, url: string): Connection {
  const retryStrategy = (tries: number): number => Math.min(1000, 50 * tries);
  const connection = { url, maxRetriesPerRequest: null, retryStrategy };
  return { Queue, Worker, UnrecoverableError, connection, prepare: async () => {}, close: async () => {} };
}

/** The schema of its tables, which are made when they are not there. */
const schema = 'bullmq';

async function postgresConnection(bullmq: typeof BullMq, connectionString: string): Promise<Connection> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString, options: `-c search_path=${schema}`, max: 4 });
  // A pool hears of the end of idle clients only; that of a busy one, unheard, would end this process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  const { Queue, Worker } = bullmq.withBackend(bullmq.createPostgresBackend);
  return {
    ...({ Queue, Worker, connection: pool } as unknown as Pick<Connection, 'Queue' | 'Worker' | 'connection'>),
    UnrecoverableError: bullmq.UnrecoverableError,
    async prepare() {
      const client = await pool.connect();
      try {
        await bullmq.runMigrations(client, schema);
      } finally {
        client.release();
      }
    },
    close: async () => (pool.ended ? undefined : pool.end()),
  };
}

async function load(client: 'ioredis' | 'pg'): Promise<typeof BullMq> {
  try {
    await import(client);
    return await import('bullmq');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const wanted = `bullmq@6.7.0 ${client === 'pg' ? 'pg@8.23.1' : 'ioredis@6.0.0'}`;
    const message = `A queue on a server needs packages that are not installed: npm install ${wanted} (with --global for a global nt).`;
    throw new JobsError('jobs/not-installed', message, { packages: wanted.split(' ') }, error);
  }
}

function schemeOf(address: string): string {
  return /^[a-z]+:(?=\/\/)/i.exec(address)?.[0].toLowerCase() ?? '';
}

/** An address for people: without what is secret in it. */
export const withoutPassword = (address: string): string => address.replace(/^([a-z]+:\/\/[^:@/]*):.*@/i, '$1:***@');
