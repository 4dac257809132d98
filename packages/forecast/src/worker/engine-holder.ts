import { DataError } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { ForecastError } from '../forecast-error.ts';
import { isLostEngine } from './lost-engine.ts';
import type { EngineReport } from './messages.ts';

/** An engine and, for people, why it is this one. */
export interface ChosenEngine<T extends Tensor = Tensor> {
  readonly backend: Backend<T>;
  readonly reason: string;
}

/** Makes an engine. `wish` is what the page asked for; undefined: the best that there is. */
export type CreateEngine<T extends Tensor = Tensor> = (wish: string | undefined) => Promise<ChosenEngine<T>>;

/** The one engine of a worker: made when it is first needed, made anew for another wish or after it was lost. */
export interface EngineHolder<T extends Tensor> {
  /**
   * @param wish default: the one before
   * @param beforeChange called before the engine goes away, to free what lives on it
   */
  open(wish: string | undefined, beforeChange: () => void): Promise<ChosenEngine<T>>;
  /**
   * Whether the engine's device is lost, which an error may say, or be: what was under way on a device fails in the words of
   * the browser.
   */
  isLost(error: unknown): Promise<boolean>;
  /** After the engine's device was lost. */
  drop(): Promise<void>;
}

/** An empty holder. */
export function engineHolder<T extends Tensor>(create: CreateEngine<T>): EngineHolder<T> {
  let held: ChosenEngine<T> | null = null;
  let before: string | undefined;
  return {
    async open(wish = before, beforeChange) {
      if (held && wish === before) return held;
      beforeChange();
      await held?.backend.dispose();
      held = null;
      before = wish;
      held = await create(wish);
      return held;
    },
    async isLost(error) {
      if (isLostEngine(error)) return true;
      if (isOurs(error)) return false;
      for (let asked = 0; held && asked < mostAsked; asked++) {
        await new Promise((told) => setTimeout(told, milliseconds));
        if (await held.backend.describe().then(() => false, isLostEngine)) return true;
      }
      return false;
    },
    async drop() {
      await held?.backend.dispose().catch(() => {}); // what is lost may refuse to be disposed
      held = null;
    },
  };
}

/** A device tells that it is lost after what was under way has failed: on a busy machine a second later. */
const [milliseconds, mostAsked] = [50, 40];

/** Errors of data and options are not an engine's. */
const isOurs = (error: unknown): boolean => ForecastError.isInstance(error) || DataError.isInstance(error);

/** What a page shows of an engine. */
export async function engineReport<T extends Tensor>({ backend, reason }: ChosenEngine<T>): Promise<EngineReport> {
  return { description: await backend.describe(), reason };
}
