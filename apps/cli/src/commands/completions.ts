import type { Command, Option } from 'commander';
import { takesValue, valueKind } from '../options/option-schema.ts';
import type { Verbs } from '../verbs.ts';

/** What a shell is to know of a verb. */
interface VerbWords {
  /** With the names that users of the earlier system know. */
  readonly names: readonly string[];
  readonly help: string;
  readonly flags: readonly FlagWords[];
}

interface FlagWords {
  /** `-d`, `--data` */
  readonly names: readonly string[];
  readonly help: string;
  readonly hasValue: boolean;
  /** The values that there are; empty where any may stand. */
  readonly values: readonly string[];
}

/** The script that completes the command in a shell. */
export async function completions(shell: 'bash' | 'zsh' | 'fish', verbs: Verbs): Promise<string> {
  const all: VerbWords[] = [];
  for (const name of verbs.names) all.push(wordsOf(await verbs.build(name)));
  return { bash, zsh, fish }[shell](all);
}

const wordsOf = (command: Command): VerbWords => ({
  names: [command.name(), ...command.aliases()],
  help: command.description(),
  flags: [...command.options.map(flagOf), { names: ['-h', '--help'], help: 'print this', hasValue: false, values: [] }],
});

function flagOf(option: Option): FlagWords {
  const { choices, items } = valueKind(option).schema as {
    readonly choices?: readonly string[];
    readonly items?: { readonly enum?: readonly string[] };
  };
  return {
    names: [option.short, option.long].filter((name) => name !== undefined),
    help: option.description.split('\n')[0]!,
    hasValue: takesValue(option) && option.required,
    values: (option.argChoices ?? choices ?? items?.enum ?? []).filter((value) => /^[ -~]+$/.test(value)),
  };
}

/** A value as a word of a shell: what means something there is escaped. */
const shellWord = (text: string): string => text.replace(/[^\w.+-]/g, '\\$&');

function bash(verbs: readonly VerbWords[]): string {
  const cases = verbs.map(({ names, flags }) => {
    const values = flags
      .filter((flag) => flag.hasValue)
      .map(({ names: own, values: words }) => {
        const offer = words.length === 0 ? '_nt_files' : `_nt_words ${words.map(shellWord).join(' ')}`;
        return `        ${own.join('|')}) ${offer}; return ;;`;
      });
    const all = flags.flatMap((flag) => flag.names).join(' ');
    return [
      `    ${names.join('|')})`,
      '      case "$prev" in',
      ...values,
      '      esac',
      `      words="${all}" ;;`,
    ].join('\n');
  });
  const names = verbs.flatMap((verb) => verb.names).join(' ');
  return `# Completion of nt for bash.
_nt_words() {
  local word
  for word; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$(printf %q "$word")"); fi
  done
}
_nt_files() {
  # Readline quotes what is a file, and adds / to a folder. It is not there when this is tried outside of a completion.
  compopt -o filenames 2>/dev/null
  local file
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$cur")
}
_nt() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}" words=""
  COMPREPLY=()
  # --flag=value comes in three words.
  if [ "$cur" = "=" ]; then
    cur=""
  elif [ "$prev" = "=" ] && [ "$COMP_CWORD" -gt 2 ]; then
    prev="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    _nt_words ${names}
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$cur" in
    -*) _nt_words $words ;;
    *) _nt_files ;;
  esac
}
complete -F _nt nt
`;
}

/** In single quotes; what ends a part of a specification of zsh is escaped. */
const zshText = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", "'\\''");

/** A word in a list of values of zsh, which : would end, in single quotes. */
const zshWord = (text: string): string => shellWord(text).replaceAll(':', '\\:').replaceAll("'", "'\\''");

function zsh(verbs: readonly VerbWords[]): string {
  const list = verbs.flatMap(({ names, help }) => names.map((name) => `    '${name}:${zshText(help)}'`));
  const cases = verbs.map(({ names, flags }) => {
    const specs = flags.flatMap(({ names: own, help, hasValue, values }) =>
      own.map((name) => {
        const value = values.length === 0 ? '_files' : `(${values.map(zshWord).join(' ')})`;
        // = also takes the value in the same word, --flag=value.
        const both = hasValue && name.startsWith('--') ? '=' : '';
        return `        '*${name}${both}[${zshText(help)}]${hasValue ? `:value:${value}` : ''}'`;
      }),
    );
    return [
      `    ${names.join('|')})`,
      '      _arguments \\',
      ...specs.map((spec) => `${spec} \\`),
      "        '*:file:_files' ;;",
    ].join('\n');
  });
  return `#compdef nt
# Completion of nt for zsh.
_nt() {
  local -a verbs
  verbs=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'verb' verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
${cases.join('\n')}
  esac
}
compdef _nt nt
`;
}

const fishText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function fish(verbs: readonly VerbWords[]): string {
  const lines = verbs.flatMap(({ names, help, flags }) => [
    ...names.map((name) => `complete -c nt -n __fish_use_subcommand -f -a ${name} -d ${fishText(help)}`),
    ...flags.map(({ names: own, help: text, hasValue, values }) => {
      const spelled = own.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
      const value = values.length > 0 ? ` -x -a ${fishText(values.map(shellWord).join(' '))}` : hasValue ? ' -r' : '';
      return `complete -c nt -n '__fish_seen_subcommand_from ${names.join(' ')}' ${spelled.join(' ')}${value} -d ${fishText(text)}`;
    }),
  ]);
  return `# Completion of nt for fish.\n${lines.join('\n')}\n`;
}
