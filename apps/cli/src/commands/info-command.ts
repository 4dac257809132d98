import type { Command } from 'commander';
import { addReaderFlags } from '../options/data-options.ts';
import type { InfoFlags } from './info.ts';

/** `nt info` */
export function defineInfo(command: Command): void {
  command
    .argument('<path>', 'folder of a model, an interrupted training or a backtest; or a data file')
    .option('--json', 'print it as JSON on stdout')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (path: string, flags: InfoFlags) => {
      const { info } = await import('./info.ts');
      await info(path, flags);
    });
  addReaderFlags(command, false);
  command.addHelpText(
    'after',
    `
Example:
  nt info model
  nt info prices.csv --target close`,
  );
}
