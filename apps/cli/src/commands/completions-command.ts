import { Argument, type Command } from 'commander';
import type { Verbs } from '../verbs.ts';

/** `nt completions` */
export function defineCompletions(command: Command, verbs: Verbs): void {
  command
    .addArgument(new Argument('<shell>', 'whose').choices(['bash', 'zsh', 'fish']))
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completions } = await import('./completions.ts');
      process.stdout.write(await completions(shell, verbs));
    })
    .addHelpText(
      'after',
      `
Verbs, flags, and the values of flags that have a list of them; files for all
others. It is written for this version: print it again after an update.
Example:
  nt completions bash > ~/.local/share/bash-completion/completions/nt
  nt completions zsh > "\${fpath[1]}/_nt"
  nt completions fish > ~/.config/fish/completions/nt.fish`,
    );
}
