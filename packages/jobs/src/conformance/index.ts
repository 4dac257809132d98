export type { QueueCase, QueuePlace } from './queue-case.ts';
export { queueCases } from './queue-cases.ts';
