/** Number of cosines, and of sines. */
export const harmonicCount = (nHarmonics: number, horizon: number): number =>
  Math.ceil((nHarmonics / 2) * horizon) - (nHarmonics - 1);

/**
 * Cosines, then sines, of frequencies 0, 1, 1 + 1/n, 1 + 2/n … waves a horizon: `[2 · harmonics, length]`, row-major.
 *
 * @param direction 1 for the forecast; −1 for the look-back, which goes back in time
 * Source: neuralforecast 3.3's `SeasonalityBasis`. Golden: test/golden/bases.json.
 */
export function seasonalityBasis(nHarmonics: number, horizon: number, length: number, direction: 1 | -1): Float64Array {
  const count = harmonicCount(nHarmonics, horizon);
  return Float64Array.from({ length: 2 * count * length }, (_, k) => {
    const [row, t] = [Math.floor(k / length), k % length];
    const harmonic = row % count;
    const frequency = harmonic === 0 ? 0 : (nHarmonics + harmonic - 1) / nHarmonics;
    const angle = direction * 2 * Math.PI * (t / horizon) * frequency;
    return row < count ? Math.cos(angle) : Math.sin(angle);
  });
}
