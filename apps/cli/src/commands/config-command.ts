import type { Command } from 'commander';
import type { Verbs } from '../verbs.ts';

interface ConfigFlags {
  readonly schema?: boolean;
}

/** `nt config` */
export function defineConfig(command: Command, verbs: Verbs): void {
  command
    .argument('[verb]', 'train, evaluate, forecast, backtest, optimize, leakcheck')
    .argument('[flags...]', 'flags of that verb, --config and --set among them')
    .allowUnknownOption()
    .option('--schema', 'print the JSON Schema of configurations')
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (verb: string | undefined, _flags: readonly string[], { schema }: ConfigFlags) => {
      const { config } = await import('./config.ts');
      const words = command.args.slice(verb === undefined ? 0 : 1);
      await config(verb, words, schema === true, verbs);
    })
    .addHelpText(
      'after',
      `
The options that are given go to stdout as JSON, which --config takes; where
each comes from and what holds for the others, to stderr. A file holds the
options of one verb, or those of several, each under its name. Flags win over a
file, --set over both.
Example:
  nt config train --config nt.yaml --horizon 48
  nt config train -d prices.csv --set optimizer.beta1=0.95 > train.json
  nt train --config train.json
  nt config --schema > nt-config.schema.json`,
    );
}
