import type { Backend, Tensor } from '@nt/tensor';
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
  /** @param beforeChange called before the engine goes away, to free what lives on it */
  open(wish: string | undefined, beforeChange: () => void): Promise<ChosenEngine<T>>;
  /** After the engine's device was lost. */
  drop(): Promise<void>;
}

/** An empty holder. */
export function engineHolder<T extends Tensor>(create: CreateEngine<T>): EngineHolder<T> {
  let held: { readonly wish: string | undefined; readonly engine: ChosenEngine<T> } | null = null;
  return {
    async open(wish, beforeChange) {
      if (held && (wish === undefined || wish === held.wish)) return held.engine;
      beforeChange();
      await held?.engine.backend.dispose();
      held = null;
      const engine = await create(wish);
      held = { wish, engine };
      return engine;
    },
    async drop() {
      await held?.engine.backend.dispose().catch(() => {}); // what is lost may refuse to be disposed
      held = null;
    },
  };
}

/** What a page shows of an engine. */
export async function engineReport<T extends Tensor>({ backend, reason }: ChosenEngine<T>): Promise<EngineReport> {
  return { description: await backend.describe(), reason };
}
