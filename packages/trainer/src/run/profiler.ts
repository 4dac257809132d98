/** Phases of a run that the simple profiler tells apart. */
export const profilePhases = ['data', 'forwardBackward', 'optimizer', 'validation', 'checkpoint', 'host'] as const;

/** One of the phases; `host` is everything else: events, loggers, bookkeeping, the consumer. */
export type ProfilePhase = (typeof profilePhases)[number];

/** Seconds by phase, and of the whole. */
export type Profile = Readonly<Record<ProfilePhase | 'total', number>>;

/** Measures phases; waits for the device after each, so that its work counts where it was asked for. */
export interface Profiler {
  measure<Result>(phase: ProfilePhase, work: () => Result | Promise<Result>): Promise<Result>;
  profile(): Profile | null;
}

/** Measures nothing and costs nothing. */
export const noProfiler: Profiler = {
  measure: async (_, work) => work(),
  profile: () => null,
};

/** @param settle waits until the device has done its work; @param clock milliseconds */
export function simpleProfiler(settle: () => Promise<void>, clock: () => number): Profiler {
  const begun = clock();
  const milliseconds: Record<string, number> = {};
  return {
    async measure(phase, work) {
      const start = clock();
      const result = await work();
      await settle();
      milliseconds[phase] = (milliseconds[phase] ?? 0) + clock() - start;
      return result;
    },
    profile() {
      const total = clock() - begun;
      const known = Object.values(milliseconds).reduce((sum, value) => sum + value, 0);
      const all: Record<string, number> = { ...milliseconds, host: total - known, total };
      return Object.fromEntries(
        [...profilePhases, 'total' as const].map((name) => [name, (all[name] ?? 0) / 1000]),
      ) as Profile;
    },
  };
}
