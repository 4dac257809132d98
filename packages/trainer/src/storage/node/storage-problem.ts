import { TrainerError } from '../../trainer-error.ts';

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free space, then resume from the last checkpoint.',
  EDQUOT: 'The disk quota is used up: free space, then resume from the last checkpoint.',
  EFBIG: 'A file would be larger than this process may write (ulimit -f): raise the limit.',
  EACCES: 'The folder may not be written: choose another or change its permissions.',
  EPERM: 'The folder may not be written: choose another or change its permissions.',
  EROFS: 'The file system is read-only: choose another folder.',
  ENOTDIR: 'A part of the path is a file: choose another folder.',
  EMFILE: 'Too many open files: raise the limit (ulimit -n).',
};

/** A file-system error as a TrainerError: what was tried, where, what to do. Checkpoints that exist are untouched. */
export function storageProblem(action: string, location: string, cause: unknown): TrainerError {
  const { code = 'unknown', message = String(cause) } = cause as { code?: string; message?: string };
  const remedy = remedies[code] ?? 'Check the folder.';
  return new TrainerError(
    'trainer/storage',
    `Could not ${action} in ${location} (${message}). ${remedy} Earlier checkpoints are untouched.`,
    { action, location, code },
    cause,
  );
}
