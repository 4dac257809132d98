/** The golden losses were computed in float32; the reference computes in float64 from the same rounded inputs. */
export const goldenOnReference = 3e-7;

/** The stock engine computes in float32, too, in another order: a few units in the last place of sums of 24 terms. */
export const goldenOnStock = 2e-6;

/** Autograd in float32 against central differences in float64. */
export const gradientOnStock = 2e-4;

/** The same for likelihoods whose log Γ nearly cancel, each gradient relative to itself: 60 roundings of float32. */
export const cancellingOnStock = 1e-4;

/** Closed forms against the reference, both in float64; logGamma is good to about 1e-12. */
export const closedForm = 1e-10;

/** Numerical integrals and sums that should be 1, by a rule of 1e-6. */
export const unitMass = 1e-5;

/** float32: log Γ of arguments near 1,000 is near 6,000, and the difference of two of them keeps four digits less. */
export const likelihoodOnStock = 1e-3;
