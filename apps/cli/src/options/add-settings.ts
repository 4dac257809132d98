import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { settings } from './setting.ts';

/**
 * Adds `--config` and `--set` to a verb, whose options they give.
 *
 * @param verbs names of all verbs: a file may hold the options of several
 */
export function addSettings(command: Command, verbs: readonly string[]): void {
  // Commander looks for them before a configuration has been read.
  const needed = command.options.filter(({ mandatory }) => mandatory);
  for (const option of needed) option.mandatory = false;
  command
    .optionsGroup('Settings:')
    .option('--config <file>', 'options by name from a .json, .yaml or .toml file; flags win (nt config --schema)')
    .option(
      '--set <path=value>',
      'an option, or a part of one: optimizer.beta1=0.95; may be given several times',
      settings,
    )
    .hook('preAction', async () => {
      const { config, set } = command.opts<{ readonly config?: string; readonly set?: unknown }>();
      if (config !== undefined || set !== undefined) {
        const { applySettings } = await import('./apply-settings.ts');
        await applySettings(command, verbs);
      }
      for (const option of needed)
        if (command.getOptionValue(option.attributeName()) === undefined)
          throw new UsageError(`required option '${option.flags}' not specified`);
    });
}
