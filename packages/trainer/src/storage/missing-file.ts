import { TrainerError } from '../trainer-error.ts';

/** The error of `CheckpointStorage.read` for a file that is not there. */
export function missingFile(location: string, name: string, file: string, cause?: unknown): TrainerError {
  return new TrainerError(
    'trainer/storage',
    `Expected a file '${file}' in checkpoint '${name}' of ${location}; found none. The checkpoint is not whole.`,
    { location, name, file },
    cause,
  );
}
