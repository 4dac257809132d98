import { parseTime } from './parse-plain-time.ts';

/** Whether a text is a time that is read without being told its form. */
export function isTimeText(text: string): boolean {
  return !Number.isNaN(parseTime(text, { hasZone: false, offset: 0, droppedDigits: false }));
}
