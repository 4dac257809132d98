import { TrainerError } from '../trainer-error.ts';

/** Refuses names that could leave the storage's folder or hide in it. */
export function checkEntryName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return;
  throw new TrainerError(
    'trainer/storage',
    `Expected a name of letters, digits, '.', '_' and '-', beginning with a letter or digit; found ${JSON.stringify(name)}.`,
    { name },
  );
}
