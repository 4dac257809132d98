/** What a process held at one moment of a soak, when nothing was left to do and garbage had been collected. */
export interface HeldMoment {
  /** Since the start. */
  readonly minutes: number;
  readonly updates: number;
  /** Resident set of the process, bytes. */
  readonly rss: number;
  /** JavaScript objects, and what they hold outside of V8's heap (arrays), bytes. */
  readonly heap: number;
  readonly arrays: number;
  /** The engine's heap: in use, and taken from the system, bytes. */
  readonly engine: number;
  readonly engineReserved: number;
  readonly tensors: number;
}

/** A quantity that is watched. */
export type Watched = 'rss' | 'heap' | 'arrays' | 'engine' | 'engineReserved' | 'tensors';

const megabyte = 2 ** 20;

/**
 * Most growth from the first moment that counts to the last, however long that was: a leak, however small for each update,
 * passes it in an hour. V8 tiers code up and keeps what it has learnt, the C library's allocator keeps pages; the engine
 * counts its own bytes, and they are to be the same.
 */
const mostGrowth: Readonly<Record<Watched, number>> = {
  rss: 24 * megabyte,
  heap: 4 * megabyte,
  arrays: 2 * megabyte,
  engine: 0,
  engineReserved: 0,
  tensors: 0,
};

/** So much of a soak fills caches and compiles code. */
const warmUp = 0.2;

/**
 * Growth of each quantity over a soak: the median slope between any two moments (Theil–Sen), times the time between the first
 * and the last. A single moment, high or low, moves it little.
 *
 * @throws Error for fewer than four moments after the warm-up: they would tell nothing
 */
export function growthOf(moments: readonly HeldMoment[]): Readonly<Record<Watched, number>> {
  const counted = moments.slice(Math.ceil(moments.length * warmUp));
  if (counted.length < 4)
    throw new Error(`A soak needs at least 5 moments; it had ${moments.length}. Let it run longer.`);
  const span = counted.at(-1)!.minutes - counted[0]!.minutes;
  const names = Object.keys(mostGrowth) as Watched[];
  return Object.fromEntries(names.map((name) => [name, medianSlope(counted, name) * span])) as Record<Watched, number>;
}

/** Every quantity that grew too much, in words; none: memory was flat. */
export function notFlat(moments: readonly HeldMoment[]): readonly string[] {
  return Object.entries(growthOf(moments))
    .filter(([name, growth]) => growth > mostGrowth[name as Watched])
    .map(([name, growth]) => `${name} grew by ${Math.round(growth)}, more than ${mostGrowth[name as Watched]}`);
}

function medianSlope(moments: readonly HeldMoment[], name: Watched): number {
  const slopes = moments.flatMap((later, i) =>
    moments.slice(0, i).map((earlier) => (later[name] - earlier[name]) / (later.minutes - earlier.minutes)),
  );
  slopes.sort((a, b) => a - b);
  return slopes[slopes.length >> 1]!;
}
