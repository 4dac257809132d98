import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '@nt/data';
import { shellText } from '../options/shell-text.ts';
import type { Verbs } from '../verbs.ts';
import type { AllowedFolders } from './allowed-folders.ts';
import { answerContent } from './answer-content.ts';
import { callProgress } from './call-progress.ts';
import { callWords } from './call-words.ts';
import { type Arguments, checkArguments } from './check-arguments.ts';
import { type Confined, confine } from './confine.ts';
import { failureOf } from './failure-of.ts';
import { inArguments } from './in-arguments.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { PlacesInUse } from './places-in-use.ts';
import { type CallEnd, runCall } from './run-call.ts';
import { shorten } from './shorten.ts';
import type { ToolRequest } from './tool.ts';
import type { ToolCommand } from './tool-command.ts';
import { ToolError } from './tool-error.ts';

/** What all calls of a server share. */
export interface CallHouse {
  readonly folders: AllowedFolders;
  readonly places: PlacesInUse;
  readonly journal: Journal;
  readonly verbs: Verbs;
}

/** Does what an agent asks of a verb: checks and confines the arguments, runs the verb, tells what came of it in short. */
export async function verbCall(
  house: CallHouse,
  name: string,
  called: ToolCommand,
  all: Arguments,
  request: ToolRequest,
): Promise<Readonly<Record<string, unknown>>> {
  const { journal } = house;
  const [answer, began, start] = [journal.next(), new Date().toISOString(), performance.now()];
  const seconds = (): number => Math.round(performance.now() - start) / 1000;
  const told: { command?: string; script?: string | undefined; resume?: JournalEntry['resume'] } = {};
  const entry = (state: JournalEntry['state'], error?: ToolError): void =>
    journal.add({
      answer,
      tool: name,
      arguments: shorten(all).result as Arguments,
      began,
      seconds: seconds(),
      state,
      error,
      ...told,
    });
  try {
    const confined = await confine(called.tool, house.folders, checkArguments(name, called, all));
    const words = callWords(called, confined.given);
    told.command = ['nt', ...words].map((word) => shellText(word)).join(' ');
    const end = await run(house, called, words, confined, request);
    told.script = end.script;
    const problem = problemOf(end, called, request.signal);
    if (problem) {
      told.resume = resumable(confined);
      throw told.resume ? saying(problem, told.resume.arguments.folder) : problem;
    }
    const content = await answerContent(end, called, confined, house.verbs);
    entry('done');
    return { answer, command: told.command, seconds: seconds(), ...content };
  } catch (error) {
    const problem = asToolError(error, called);
    entry(problem.code === 'mcp/cancelled' ? 'cancelled' : 'failed', problem);
    throw problem;
  }
}

async function run(
  { folders, places }: CallHouse,
  { command }: ToolCommand,
  words: readonly string[],
  confined: Confined,
  { signal, onProgress }: ToolRequest,
): Promise<CallEnd> {
  if (signal.aborted) return { code: stoppedExitCode, stdout: '', notes: [] };
  const giveBack = places.take(confined, folders);
  try {
    const progressOf = callProgress();
    const json = command.options.some(({ long }) => long === '--json') ? ['--json'] : [];
    return await runCall([...words, ...json], {
      folder: folders.roots[0]!,
      written: confined.written,
      signal,
      onProgress: (message) => onProgress(progressOf(message)),
    });
  } finally {
    giveBack();
  }
}

/** Exit code of a verb that was stopped. */
const stoppedExitCode = 130;
/** Exit code of `nt leakcheck` when something leaks: a result as any other. */
const leakExitCode = 3;

function problemOf(end: CallEnd, called: ToolCommand, { aborted }: AbortSignal): ToolError | undefined {
  if (end.code === 0 || (end.code === leakExitCode && end.error === undefined)) return undefined;
  if (aborted || end.code === stoppedExitCode) return new ToolError('mcp/cancelled', 'The call was stopped.');
  return failureOf(end, called);
}

/** The folder of a call that can be gone on with. */
function resumable({ written: [folder] }: Confined): JournalEntry['resume'] {
  if (folder === undefined) return undefined;
  const holds = (name: string): boolean => existsSync(join(folder, name));
  const isTraining = holds('run.json') && holds('checkpoints');
  const isWalk = holds('backtest.json') && !holds('report.json');
  return isTraining || isWalk ? { tool: 'resume', arguments: { folder } } : undefined;
}

const saying = ({ code, message, details }: ToolError, folder: string): ToolError =>
  new ToolError(
    code,
    `${message} What was done is kept; go on with the tool resume, folder: ${JSON.stringify(folder)}.`,
    { ...details, resume: { folder } },
  );

/** Whatever went wrong before the verb ran. */
function asToolError(error: unknown, { command }: ToolCommand): ToolError {
  if (error instanceof ToolError) return error;
  const message = inArguments(error instanceof Error ? error.message : String(error), command);
  return DataError.isInstance(error)
    ? new ToolError(error.code, message, { ...error.details })
    : new ToolError('nt/failed', message);
}
