export { bullmqQueue, type ServerOptions } from './bullmq-queue.ts';
export { isServer, withoutPassword } from './connect.ts';
