import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { needsBash } from './needs.ts';
import { ntInside } from './run-inside.ts';
import { temporaryFolder } from './run-nt.ts';

const folder = temporaryFolder();
const scripts: Record<string, string> = {};

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await ntInside('completions', shell);
    expect([code, stderr]).toEqual([0, '']);
    scripts[shell] = stdout;
    writeFileSync(join(folder, `nt.${shell}`), stdout);
  }
  writeFileSync(join(folder, 'prices.csv'), '');
  writeFileSync(join(folder, 'two words.csv'), '');
});

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

describe.skipIf(!needsBash())('bash', () => {
  /** What bash offers for a line, the cursor behind its last word. */
  const offered = (...words: string[]): string[] => {
    const script = `source ./nt.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nt; printf "%s\\n" "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', 'nt', ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  };

  it.each<[words: string[], offer: string[]]>([
    [['f'], ['forecast']],
    [['train-'], ['train-neural']],
    [
      ['train', '--val'],
      ['--val-split', '--validation-every', '--validation-stride'],
    ],
    [['predict', '--future-d'], ['--future-data']],
    [
      ['train', '--optimizer', 'adam'],
      ['adamw', 'adam', 'adamax'],
    ],
    [
      ['train', '--calendar', 'day'],
      ['dayOfWeek', 'dayOfMonth', 'dayOfYear'],
    ],
    [['forecast', '--backend', 'web'], ['webgpu']],
    [['train', '-d', 'pri'], ['prices.csv']],
    [['info', 'pri'], ['prices.csv']],
    [['completions', '--h'], ['--help']],
    [
      ['train', '--backend', '='],
      ['cpu', 'webgpu', 'node-gpu', 'reference', 'auto'],
    ],
    [['train', '--backend', '=', 'web'], ['webgpu']],
    [['train', '--data', '=', 'pri'], ['prices.csv']],
    [['train', '-d', 'two'], ['two words.csv']],
    [['train', '--thousands', "'"], ["\\'"]],
    [['train', '--thousands', 's'], ['space']],
    // Behind the option of an option anything may stand.
    [['train', '--optimizer', 'adam', ':', 'pri'], ['prices.csv']],
    [['train', '--on', 'best', '=', 'pri'], ['prices.csv']],
  ])('%j', (words, offer) => {
    expect(offered(...words).sort()).toEqual([...offer].sort());
  });
});

it.each(['zsh', 'fish'])('%s takes the script, where it is there', (shell) => {
  if (!has(shell)) return;
  const { status, stderr } = spawnSync(shell, ['-n', join(folder, `nt.${shell}`)], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

it.each(['bash', 'zsh', 'fish'])('every verb and every flag is in the script of %s', async (shell) => {
  const script = scripts[shell]!;
  const { stdout } = await ntInside('--help');
  const verbs = [...stdout.matchAll(/^ {2}([a-z]+)(?:\|([a-z-]+))? /gm)].flatMap(([, name, alias]) => [name, alias]);
  expect(verbs.length).toBeGreaterThan(12);
  for (const verb of verbs) if (verb !== undefined && verb !== 'help') expect(script).toContain(verb);
  for (const verb of ['train', 'forecast', 'backtest', 'export']) {
    const help = (await ntInside(verb, '--help')).stdout;
    for (const [, flag] of help.matchAll(/^ +(?:-\w, )?--([a-z-]+)/gm)) expect(script, flag).toContain(flag);
  }
});

it('no line of a script of zsh or fish leaves a quote open', () => {
  for (const shell of ['zsh', 'fish'])
    for (const line of scripts[shell]!.split('\n'))
      expect(line.replaceAll("'\\''", '').replaceAll("\\'", '').split("'").length % 2, line).toBe(1);
});

it('a shell that is none of them is told', async () => {
  const { code, stderr } = await ntInside('completions', 'pwsh');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/bash, zsh, fish/)]);
});
