import type { KnownDefect } from '@nt/tensor/conformance';

/** What tfjs-node 4.22.0 does wrong on TensorFlow 2.15.1 (CPU), exactly: nothing that the conformance cases look at. */
export const knownDefects: readonly KnownDefect[] = [];
