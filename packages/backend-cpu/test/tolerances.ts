/**
 * How far a float32 result may lie from float64 loops, relative to the sum of the magnitudes of its terms: a product
 * of k terms rounds k times by 6e-8 at most, and k stays below 600 here; errors of that size all in one direction do
 * not occur.
 */
export const sumTolerance = 1e-6;

/** Elementwise functions are within a few units in the last place (6e-8). */
export const elementwiseTolerance = 5e-7;

/** Training of a small network on two engines: rounding differences grow with every update. */
export const trainingTolerance = 2e-3;

/** Gradients of three layers, relative to the largest: sums of 300 terms in another order, each rounded once more. */
export const reorderedSums = 1e-5;

/** Losses of whole programs beside the stock engine's, which adds up in double precision; relative from 1 on. */
export const programTolerance = 1e-5;

/**
 * Gradients whose products round their operands to 8 bits (2⁻⁹ = 0.2 % each, in a row through forward and backward);
 * relative to the sum of the magnitudes of the terms.
 */
export const bfloat16Gradients = { relative: 1e-2, absolute: 1e-3 };

/** A dozen updates of a small network on two kernel sets, relative: SSE2, without fused multiply-add, is 3e-5 away. */
export const setsTolerance = 2e-4;
