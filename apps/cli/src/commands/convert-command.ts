import type { Command } from 'commander';
import type { ConvertFlags } from './convert.ts';

/** `nt convert` */
export function defineConvert(command: Command): void {
  command
    .argument('<folder>', 'folder that NeuralForecast.save of neuralforecast 3.3 has written')
    .option('-o, --output <folder>', 'where the model goes', 'model')
    .option('--model <alias>', 'which model, when the folder holds several')
    .option('--frequency <step>', "distance of time steps: hour, '15 minutes', business-day (default: the folder's)")
    .option('--overwrite', 'replace the model in the output folder')
    .option('--json', 'print what was converted as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (folder: string, flags: ConvertFlags) => {
      const { convert } = await import('./convert.ts');
      await convert(folder, flags);
    })
    .addHelpText(
      'after',
      `
N-HiTS models of neuralforecast forecast the same here: weights, scaling,
quantiles, distributions, names of columns. What has no counterpart is an error
that names it (exit code 1). Folders of neuralforecast before 3.3 hold pickle,
which is not read: python -m neuralforecast.migrate FOLDER rewrites them.
Example:
  nt convert neuralforecast-folder -o model
  nt forecast -m model -d newest.csv`,
    );
}
