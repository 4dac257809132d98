import type { CommandRunner } from '../pool/command-runner.ts';

/** Where a repetition is carried out: by the calling thread alone, or handed over to all. */
type Lane = 'alone' | 'together';

/** Work of a recording from which threads are worth it on every machine: some milliseconds on one. */
const mostWorkAlone = 1 << 24;
/** Measurements of each lane; the least counts, since others use the machine as well. */
const trials = 4;
/** Repetitions after which it measures again: a machine that was busy may be idle now. */
const validFor = 2000;
/** Together JavaScript prepares what comes next meanwhile, which a measurement does not see. */
const advantage = 1.15;

/** Has a recording carried out where that takes less time. The bits are the same, so measured times may decide. */
export class ThreadChoice {
  readonly #runner: CommandRunner;
  readonly #isOpen: boolean;
  readonly #least: Record<Lane, number> = { alone: Number.POSITIVE_INFINITY, together: Number.POSITIVE_INFINITY };
  #repetitions = 0;

  /** @param work elements that the commands of a repetition touch, about */
  constructor(runner: CommandRunner, work: number) {
    this.#runner = runner;
    this.#isOpen = runner.threads > 1 && work <= mostWorkAlone;
  }

  run(repeat: () => void): void {
    const turn = this.#repetitions++ % validFor;
    if (!this.#isOpen) repeat();
    else if (turn < 2 * trials) this.#measure(turn % 2 === 0 ? 'together' : 'alone', repeat, turn < 2);
    else this.#runIn(this.#least.alone * advantage < this.#least.together ? 'alone' : 'together', repeat);
  }

  #measure(lane: Lane, repeat: () => void, isFirst: boolean): void {
    this.#runner.finish();
    const start = performance.now();
    this.#runIn(lane, repeat);
    this.#runner.finish();
    const took = performance.now() - start;
    this.#least[lane] = isFirst ? took : Math.min(this.#least[lane], took);
  }

  #runIn(lane: Lane, repeat: () => void): void {
    if (lane === 'alone') this.#runner.alone(repeat);
    else repeat();
  }
}
