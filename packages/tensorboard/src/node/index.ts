export { type EventFile, openEventFile } from './open-event-file.ts';
