import type { JobProgress } from '../jobs/job-messages.ts';
import { isCall, tellCall } from '../mcp/call-channel.ts';
import { short } from './numbers.ts';
import { statusLine } from './status-line.ts';
import type { Terminal } from './terminal.ts';

/** Which job it is: `{ fold: 0 }`, `{ trial: 3, rung: 1 }`. */
export type JobPlace = Readonly<Record<string, number>>;

/** Shows how far the jobs are that run at the same time. */
export interface JobsProgress {
  /** Lines for people, which do not get in the way of what is shown. */
  readonly terminal: Terminal;
  /** @param name for people: `fold 2` */
  tell(name: string, place: JobPlace, progress: JobProgress): void;
  /** A job is over; its result is told elsewhere. */
  end(name: string): void;
  close(): void;
}

/** Milliseconds between lines in a log. */
const logged = 10_000;

/**
 * All jobs on one line of a terminal; in a log a line of all of them now and then; with `--json` a line of JSON for each
 * message, which names the job.
 */
export function jobsProgress(terminal: Terminal, json: boolean): JobsProgress {
  const jobs = new Map<string, JobProgress>();
  const status = terminal.isInteractive && !json ? statusLine(terminal) : null;
  let loggedAt = performance.now();
  const all = (): string => [...jobs].map(([name, progress]) => `${name}: ${progressText(progress)}`).join(' · ');
  return {
    terminal: status?.terminal ?? terminal,
    tell(name, place, progress) {
      if (isCall()) return tellCall({ type: 'progress', part: name, progress });
      if (json) return terminal.line(JSON.stringify({ event: 'progress', ...place, ...progress }));
      jobs.set(name, progress);
      if (status) return status.show(all());
      if (performance.now() - loggedAt < logged) return;
      loggedAt = performance.now();
      terminal.line(all());
    },
    end(name) {
      jobs.delete(name);
      if (jobs.size > 0) status?.show(all());
      else status?.clear();
    },
    close: () => status?.clear(),
  };
}

/** `nhits-48 31/500 loss 0.6 val 0.58` */
export function progressText({ update, maxUpdates, loss, validation, member }: JobProgress): string {
  const of = maxUpdates === null ? '' : `/${maxUpdates}`;
  const parts = [
    ...(member === undefined ? [] : [member]),
    `${update}${of}`,
    ...(loss === null ? [] : [`loss ${short(loss)}`]),
    ...(validation === null ? [] : [`val ${short(validation)}`]),
  ];
  return parts.join(' ');
}
