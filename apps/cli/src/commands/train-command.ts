import type { Command } from 'commander';
import { addReaderFlags } from '../options/data-options.ts';
import { addHookFlags, type HookFlags } from '../options/hook-flags.ts';
import { integer } from '../options/parse-number.ts';
import { addTrainOptions, type TrainFlags } from '../options/train-options.ts';
import type { Outcome } from '../outcome.ts';
import { refuseWords } from './refuse-words.ts';

/** `nt train` */
export function defineTrain(command: Command, outcome: Outcome): void {
  refuseWords(command);
  command
    .optionsGroup('Data:')
    .option(
      '-d, --data <files>',
      'what to learn from, needed unless --resume: a file (.csv .tsv .txt .parquet .arrow .feather .tsf .json .jsonl), several as "prices/*.csv" or a folder, https://…, or - for what is piped in',
    );
  addReaderFlags(command, false);
  addTrainOptions(command);
  addRunOptions(command);
  addHookFlags(command);
  addReportOptions(command).action(async (flags: TrainFlags & HookFlags) => {
    const { train } = await import('./train.ts');
    outcome.exitCode = await train(flags);
  });
}

function addRunOptions(command: Command): void {
  command
    .optionsGroup('Model folder and checkpoints:')
    .option('-o, --output <folder>', 'where the model goes', 'model')
    .option('--resume [folder]', 'go on with an interrupted run, bit for bit; its flags are remembered')
    .option('--overwrite', 'replace the model or the interrupted run in the output folder')
    .option('--checkpoint-dir <folder>', 'where checkpoints go (default: checkpoints/ in the output folder)')
    .option('--checkpoint-every <updates>', 'updates between checkpoints (default: one after each epoch)', integer(1));
}

function addReportOptions(command: Command): Command {
  return command
    .optionsGroup('Reports:')
    .option('--log-every <updates>', 'updates between two readings of the training loss (default: 50)', integer(1))
    .option('--log-csv <file>', 'write losses and rates as update,epoch,metric,value')
    .option('--log-jsonl <file>', 'write losses and rates as one JSON object in a line')
    .option('--tensorboard <folder>', 'write losses and rates for TensorBoard')
    .option('--report <file>', 'write a page that tells all of it: curves, forecast, comparison, data (.html)')
    .option('--plot <file>', 'draw the losses (.svg or .png)')
    .option('--no-sketch', 'no sketch in the terminal')
    .option('--json', 'print the result as JSON on stdout')
    .option('--quiet', 'print nothing but errors and results')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this');
}
