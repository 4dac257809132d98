/**
 * Reads a sequence at other places, linearly between neighbours; a step is available when both of its neighbours are.
 *
 * @param places positions in steps, within [0, length − 1]
 */
export function resample(
  values: Float64Array,
  mask: Float64Array,
  places: Float64Array,
): { values: Float64Array; mask: Float64Array } {
  const moved = { values: new Float64Array(places.length), mask: new Float64Array(places.length) };
  for (let step = 0; step < places.length; step++) {
    const place = Math.min(Math.max(places[step]!, 0), values.length - 1);
    const left = Math.min(Math.floor(place), values.length - 2);
    const share = place - left;
    moved.values[step] = values[left]! * (1 - share) + values[left + 1]! * share;
    const needsLeft = share < 1 ? mask[left]! : 1;
    moved.mask[step] = needsLeft * (share > 0 ? mask[left + 1]! : 1);
  }
  return moved;
}
