import type { Verbs } from '../verbs.ts';
import type { Confined } from './confine.ts';
import { forecastSummary } from './forecast-summary.ts';
import { inArguments } from './in-arguments.ts';
import { type NextCall, nextCall } from './next-call.ts';
import type { CallEnd } from './run-call.ts';
import { type Shortened, shorten } from './shorten.ts';
import type { ToolCommand } from './tool-command.ts';

/** What came of a call, in short. */
export interface AnswerContent {
  readonly files: Readonly<Record<string, unknown>>;
  readonly result: unknown;
  readonly shortened: readonly Shortened[];
  readonly notes: readonly string[];
  readonly next: NextCall | null;
}

/** Makes it of what a verb has printed and said. */
export async function answerContent(
  end: CallEnd,
  called: ToolCommand,
  confined: Confined,
  verbs: Verbs,
): Promise<AnswerContent> {
  const { result, shortened } = shorten(resultOf(called, end));
  return { files: filesOf(called, confined), result, shortened, ...(await toldOnTheWay(end, result, called, verbs)) };
}

/** What the verb has printed; of a forecast a summary. */
function resultOf({ tool }: ToolCommand, { stdout }: CallEnd): unknown {
  const json: unknown = JSON.parse(stdout);
  return tool.verb === 'forecast' ? forecastSummary(json) : json;
}

/** What was told people, in the words of the arguments, and the call that comes next. */
async function toldOnTheWay(
  { notes }: CallEnd,
  result: unknown,
  { command }: ToolCommand,
  verbs: Verbs,
): Promise<Pick<AnswerContent, 'notes' | 'next'>> {
  const isNext = (line: string): boolean => line.startsWith('next: ');
  const proposed = (result as { readonly next?: unknown }).next ?? notes.find(isNext)?.slice('next: '.length);
  const next = typeof proposed === 'string' ? await nextCall(proposed, verbs) : undefined;
  const lines = notes.filter((line) => !isNext(line));
  return { notes: lines.map((line) => inArguments(line, command)), next: next ?? null };
}

/** What was written, by argument. */
const filesOf = ({ tool }: ToolCommand, { given }: Confined): AnswerContent['files'] =>
  Object.fromEntries(
    Object.entries(tool.paths)
      .filter(([argument, use]) => (use.startsWith('new') || use === 'run') && given[argument] !== undefined)
      .map(([argument]) => [argument, given[argument]]),
  );
