import { type ChildProcess, spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import type { Ready, Sample } from './answer-lines.ts';

/** A program that speaks the protocol of `answer-lines.ts`. */
export interface Competitor {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Threads that it computes with; what its repetitions are judged by. */
  readonly threads: number;
  /** Takes seconds for one repetition: not warmed up, but for what it does before it is ready. */
  readonly slow?: boolean;
}

/** Share of the machine that others may use in a round that counts as quiet. */
const quietShare = 0.04;

/** A competitor in a process of its own, which sleeps until it is asked to run. */
export class RunningCompetitor {
  readonly competitor: Competitor;
  /** Repetitions of the rounds since the warm-up; `quiet` when nothing else used the processors meanwhile. */
  readonly samples: (Sample & { readonly quiet: boolean })[] = [];
  ready: Ready = {};
  /** Why it cannot run. */
  cannot: string | undefined;
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  /** Why, once it has ended. */
  readonly #ended: Promise<string>;
  #errors = '';

  constructor(competitor: Competitor) {
    const [file, ...parameters] = competitor.command;
    this.competitor = competitor;
    const env = { ...process.env, ...competitor.environment };
    this.#process = spawn(file!, parameters, { stdio: ['pipe', 'pipe', 'pipe'], env });
    this.#process.stderr!.on('data', (text) => {
      this.#errors = `${this.#errors}${text}`.slice(-2000);
    });
    this.#ended = new Promise((resolve) => {
      this.#process.on('error', ({ message }) => resolve(message));
      this.#process.on('close', (_, signal) => {
        const lastLine = this.#errors.trim().split('\n').at(-1);
        resolve(signal ? `ended by ${signal}` : lastLine || 'ended without a word');
      });
    });
    // Its end is reported by its output: what is written to a process that has ended needs no error of its own.
    this.#process.stdin!.on('error', () => {});
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  async start(): Promise<void> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) this.cannot = await this.#ended;
      else if (value.startsWith('cannot ')) this.cannot = value.slice('cannot '.length);
      else if (value.startsWith('ready ')) this.ready = JSON.parse(value.slice('ready '.length)) as Ready;
      else continue;
      return;
    }
  }

  async run(milliseconds: number): Promise<void> {
    if (this.cannot) return;
    const [idleBefore, start] = [idleMilliseconds(), performance.now()];
    this.#process.stdin!.write(`${milliseconds}\n`);
    const { value, done } = await this.#lines.next();
    if (done) {
      this.cannot = await this.#ended;
      return;
    }
    const idle = (idleMilliseconds() - idleBefore) / (performance.now() - start);
    const samples = JSON.parse(value) as Sample[];
    const own = total(samples.map(({ cpu }) => cpu)) / total(samples.map((sample) => sample.milliseconds));
    const quiet = cpus().length - idle - own < quietShare * cpus().length;
    this.samples.push(...samples.map((sample) => ({ ...sample, quiet })));
  }

  stop(): void {
    this.#process.kill();
  }
}

/** Of all processors. What is neither idle nor ours was used by others, or by other machines of the host. */
const idleMilliseconds = (): number => total(cpus().map(({ times }) => times.idle));

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
