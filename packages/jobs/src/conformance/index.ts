export { type QueueCase, type QueuePlace, queueCases } from './queue-cases.ts';
