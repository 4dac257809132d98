import type { Moments } from '../moments/moments.ts';

/** Makes the moments of each half-life once. */
export function momentsByHalfLife(make: (halfLife: number | null) => Moments): (halfLife: number | null) => Moments {
  const made = new Map<number | null, Moments>();
  return (halfLife) => {
    const moments = made.get(halfLife) ?? make(halfLife);
    made.set(halfLife, moments);
    return moments;
  };
}
