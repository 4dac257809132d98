import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeStorage } from '@nt/trainer/storage/node';
import { removeFolder } from './output-files.ts';
import { UsageError } from './usage-error.ts';

/** What is in a folder that a model is to be written to. */
export interface OutputFolder {
  readonly path: string;
  readonly checkpoints: string;
  readonly hasModel: boolean;
  readonly hasCheckpoints: boolean;
}

/** Looks, changes nothing. */
export async function inspectOutput(path: string, checkpointDir: string | undefined): Promise<OutputFolder> {
  const checkpoints = checkpointDir ?? join(path, 'checkpoints');
  return {
    path,
    checkpoints,
    hasModel: ['config.json', 'model.json'].some((name) => existsSync(join(path, name))),
    hasCheckpoints: existsSync(checkpoints) && (await nodeStorage(checkpoints).list()).length > 0,
  };
}

/** Makes the folder ready for a new run; what is there is removed only when asked for. @throws UsageError */
export async function prepareOutput(output: OutputFolder, resume: boolean, overwrite: boolean): Promise<void> {
  if (resume) {
    if (output.hasCheckpoints) return;
    throw new UsageError(
      `--resume: there is no checkpoint in '${output.checkpoints}'. ${output.hasModel ? 'That run was finished.' : 'Start the run without --resume.'}`,
    );
  }
  if ((output.hasModel || output.hasCheckpoints) && !overwrite) {
    const found = output.hasModel ? 'a model' : 'an interrupted run';
    const remedy = output.hasModel
      ? '--overwrite to replace it'
      : '--resume to go on with it, or --overwrite to start anew';
    throw new UsageError(`'${output.path}' holds ${found}. Choose another folder with -o, or give ${remedy}.`);
  }
  await mkdir(output.path, { recursive: true });
  await removeFolder(output.checkpoints);
}
