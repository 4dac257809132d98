import { linearFactory } from './linear-factory.ts';
import type { ModelFactory } from './model-factory.ts';
import { nbeatsFactory } from './nbeats-factory.ts';
import { nhitsFactory } from './nhits-factory.ts';

/** The networks by name, the default first: what `nt train --model` offers, and what model folders may hold. */
export const modelFactories = {
  nhits: nhitsFactory,
  nbeats: nbeatsFactory,
  linear: linearFactory,
} as const satisfies Readonly<Record<string, ModelFactory>>;

/** One of `modelFactories`. */
export type ModelName = keyof typeof modelFactories;
