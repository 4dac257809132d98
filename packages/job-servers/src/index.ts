export { needsPostgres, needsRedis } from './needs.ts';
export type { TestServer } from './server.ts';
export { startPostgres } from './start-postgres.ts';
export { startRedis } from './start-redis.ts';
