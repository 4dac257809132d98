import { TrainerError } from '../trainer-error.ts';

/** Refuses names that could leave the storage's folder or hide in it. */
export function checkEntryName(name: string): void {
  if (typeof name === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return;
  throw new TrainerError(
    'trainer/storage',
    `Expected a name of letters, digits, '.', '_' and '-', beginning with a letter or digit; found ${typeof name === 'string' ? JSON.stringify(name) : String(name)}.`,
    { name },
  );
}
