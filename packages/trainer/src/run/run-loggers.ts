import { foreignError } from '../guarded.ts';
import type { Logger, LogPosition } from '../loggers/logger.ts';
import type { TrainEventOf } from '../train-event.ts';

/** The loggers of a run. One that fails (a full disk) costs its rows, never the run: it is told of once. */
export class RunLoggers {
  readonly #loggers: readonly Logger[];
  readonly #notices: TrainEventOf<'notice'>[];
  readonly #failed = new Set<Logger>();
  #isClosed = false;

  constructor(loggers: readonly Logger[], notices: TrainEventOf<'notice'>[]) {
    this.#loggers = loggers;
    this.#notices = notices;
  }

  log(scalars: Readonly<Record<string, number>>, at: LogPosition): Promise<void> {
    return this.#each(`log update ${at.update}`, (logger) => logger.log(scalars, at));
  }

  rewind(at: LogPosition): Promise<void> {
    return this.#each(`drop what was logged after update ${at.update}`, (logger) => logger.rewind?.(at));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#each('close its log', (logger) => logger.close?.());
  }

  async #each(action: string, work: (logger: Logger) => unknown): Promise<void> {
    for (const [index, logger] of this.#loggers.entries()) {
      try {
        await work(logger);
      } catch (cause) {
        this.#tell(logger, index, action, cause);
      }
    }
  }

  #tell(logger: Logger, index: number, action: string, cause: unknown): void {
    if (this.#failed.has(logger)) return;
    this.#failed.add(logger);
    const { message, details } = foreignError('trainer/unexpected', action, cause);
    this.#notices.push({
      type: 'notice',
      code: 'logger-failed',
      message: `Logger ${index + 1} of ${this.#loggers.length}: ${message} The run goes on without what it lost.`,
      details: { ...details, logger: index },
    });
  }
}
