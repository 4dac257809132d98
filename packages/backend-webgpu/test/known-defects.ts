import type { KnownDefect } from '@nt/tensor/conformance';

/** What tfjs-backend-webgpu 4.22.0 does wrong, exactly: a case that starts to pass must leave this list. */
export const knownDefects: readonly KnownDefect[] = [];
