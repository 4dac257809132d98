/**
 * From `start` (at 0) to `end` (at 1) along half a period of a cosine.
 *
 * `1 + cos` instead of the more accurate `2 cos²(½)`: PyTorch's recursions telescope to exactly this rounding, and
 * near the end, where the sum cancels, another form would be 1e-9 away from them.
 */
export function halfCosine(start: number, end: number, progress: number): number {
  return end + ((start - end) * (1 + Math.cos(Math.PI * progress))) / 2;
}
