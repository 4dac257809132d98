import type { KnownDefect } from '@nt/tensor/conformance';

/**
 * What the engine does wrong on SwiftShader, exactly: a case that starts to pass must leave this list. The same in Node
 * and in Chromium.
 */
export const knownDefects: readonly KnownDefect[] = [];
