/** Scaling and back in float64: a few roundings, relative to the value. */
export const scaleRoundTrip = 1e-12;

/** Batches are float32: half a unit in the last place. */
export const float32 = 6e-8;

/** Below the smallest normal number nothing is relative: a rounding there is a unit of 5e-324. */
export const smallestNormal = 2.3e-308;
