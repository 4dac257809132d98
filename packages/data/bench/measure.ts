import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** One measured thing: the quickest wall time and processor time of its runs, and the peak of its process. */
export interface Measurement {
  readonly name: string;
  readonly wallMs: number;
  readonly processorMs: number;
  readonly peakMb: number;
  readonly note: string;
}

/** Runs a case of `cases.ts` in processes of its own, `runs` times, and keeps the quickest: other jobs only add time. */
export function measure(name: string, runs: number, ...parameters: readonly string[]): Measurement {
  let best: Measurement | undefined;
  for (let run = 0; run < runs; run++) {
    const output = execFileSync(
      process.execPath,
      ['--expose-gc', ...process.execArgv, new URL('./cases.ts', import.meta.url).pathname, name, ...parameters],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 24,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const result = JSON.parse(output.trim().split('\n').at(-1)!) as Measurement;
    if (!best || result.processorMs < best.processorMs)
      best = { ...result, wallMs: Math.min(result.wallMs, best?.wallMs ?? Infinity) };
    else best = { ...best, wallMs: Math.min(result.wallMs, best.wallMs) };
  }
  return best!;
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
