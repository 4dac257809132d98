/**
 * Ranks from 1 of a resample of the values; equal numbers share the mean of their ranks. The values are sorted once: a
 * resample then takes time in proportion to its length, where sorting each of a bootstrap's thousands took seconds.
 *
 * @returns writes the ranks of the values at `positions` into `ranks`, both of the length of the values
 */
export function ranksOfResamples(values: Float64Array): (positions: Int32Array, ranks: Float64Array) => void {
  const sorted = Float64Array.from(new Set(values)).sort();
  const places = new Map(Array.from(sorted, (value, place) => [value, place]));
  const placeOf = Int32Array.from(values, (value) => places.get(value)!);
  const counts = new Int32Array(sorted.length);
  const rankAt = new Float64Array(sorted.length);
  return (positions, ranks) => {
    counts.fill(0);
    for (let i = 0; i < positions.length; i++) counts[placeOf[positions[i]!]!]! += 1;
    let below = 0;
    for (let place = 0; place < counts.length; place++) {
      rankAt[place] = below + (counts[place]! + 1) / 2;
      below += counts[place]!;
    }
    for (let i = 0; i < positions.length; i++) ranks[i] = rankAt[placeOf[positions[i]!]!]!;
  };
}

/** Ranks from 1; equal numbers share the mean of their ranks. */
export function midRanks(values: Float64Array): Float64Array {
  const ranks = new Float64Array(values.length);
  ranksOfResamples(values)(Int32Array.from(values.keys()), ranks);
  return ranks;
}
