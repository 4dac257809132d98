/** Between the loss curves of one engine and itself, relative: the same operations in the same order. */
export const curveTolerance: number = Number.EPSILON;
