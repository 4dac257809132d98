/** Scaling and back in float64: a few roundings, relative to the value. */
export const scaleRoundTrip = 1e-12;

/** Batches are float32: half a unit in the last place. */
export const float32 = 6e-8;
