import type { Command } from 'commander';

/** All verbs, for those that speak of the others. */
export interface Verbs {
  readonly names: readonly string[];
  /** Those whose options can stand in a configuration. */
  readonly configurable: readonly string[];
  /** A verb with its flags. */
  build(name: string): Promise<Command>;
}
