import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/** One measured thing: the quickest wall time and processor time of its runs, and the peak of its process. */
export interface Measurement {
  readonly name: string;
  readonly wallMs: number;
  readonly processorMs: number;
  readonly peakMb: number;
  readonly note: string;
}

/** A command that prints a `Measurement` as its last line. */
export type Command = readonly [program: string, ...parameters: string[]];

/** A case of `cases.ts` as a command. */
export function caseOf(name: string, ...parameters: readonly string[]): Command {
  const script = fileURLToPath(new URL('./cases.ts', import.meta.url));
  return [process.execPath, '--expose-gc', ...process.execArgv, script, name, ...parameters];
}

/**
 * Runs each command in processes of their own, `runs` times in turn, so that a busy minute of the machine falls on all
 * of them, and keeps the quickest of each: other jobs only add time.
 */
export function measureAll(commands: readonly Command[], runs: number): Measurement[] {
  const best: (Measurement | undefined)[] = commands.map(() => undefined);
  for (let run = 0; run < runs; run++)
    for (const [index, command] of commands.entries()) best[index] = quicker(best[index], runOnce(command));
  return best as Measurement[];
}

function runOnce([program, ...parameters]: Command): Measurement {
  const output = execFileSync(program, parameters, {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1)!) as Measurement;
}

function quicker(one: Measurement | undefined, two: Measurement): Measurement {
  if (!one) return two;
  const wallMs = Math.min(one.wallMs, two.wallMs);
  return { ...(two.processorMs < one.processorMs ? two : one), wallMs };
}

/** The machine and the versions that the numbers belong to. */
export function describeMachine(versions: Readonly<Record<string, string>>): string {
  const libraries = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; ${libraries}`;
}

/** A table in Markdown. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
