import type { Verbs } from '../verbs.ts';
import { refusedOptions, verbTools } from './tools.ts';

/** A call that an answer proposes. */
export interface NextCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** The command that a verb proposes, `nt forecast -m model`, as a call; undefined for what is none. */
export async function nextCall(command: string, verbs: Verbs): Promise<NextCall | undefined> {
  const [nt, verb = '', ...words] = wordsIn(command);
  const [tool] = Object.entries(verbTools).find(([name]) => name === verb) ?? [];
  if (nt !== 'nt' || tool === undefined) return undefined;
  const built = await verbs.build(verb);
  const { operands, unknown } = built.parseOptions(words);
  if (unknown.length > 0) return undefined;
  const positional = built.registeredArguments.map((one, index) => [one.name(), operands[index]]);
  const given = Object.entries(built.opts()).filter(
    ([name]) => built.getOptionValueSource(name) === 'cli' && !Object.hasOwn(refusedOptions, name),
  );
  return { tool, arguments: Object.fromEntries([...positional, ...given]) };
}

/** Words as `shellText` has written them. */
const wordsIn = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted?.replace(/\\(.)/g, '$1') ?? plain!,
  );
