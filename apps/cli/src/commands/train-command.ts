import type { Command } from 'commander';
import { addColumnOptions } from '../options/data-options.ts';
import { integer } from '../options/parse-number.ts';
import { addTrainOptions, type TrainFlags } from '../options/train-options.ts';

/** `nt train` */
export function addTrainCommand(program: Command): void {
  const command = program
    .command('train')
    .description('Train a forecaster on a CSV file and write it to a folder.')
    .option('-d, --data <file>', 'CSV file with a time column (needed unless --resume)')
    .option('--target <column>', 'column to forecast')
    .option('-o, --output <folder>', 'where the model goes', 'model');
  addColumnOptions(command);
  addTrainOptions(command)
    .option('--resume [folder]', 'go on with an interrupted run, bit for bit; its flags are remembered')
    .option('--overwrite', 'replace the model or the interrupted run in the output folder')
    .option('--checkpoint-dir <folder>', 'where checkpoints go (default: checkpoints/ in the output folder)')
    .option('--checkpoint-every <updates>', 'updates between checkpoints (default: one after each epoch)', integer(1))
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .action(async (flags: TrainFlags) => {
      const given = Object.keys(flags).filter((name) => command.getOptionValueSource(name) === 'cli');
      const { train } = await import('./train.ts');
      await train(flags, given);
    });
}
