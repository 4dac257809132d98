import type { GpuAdapter } from './gpu.ts';

/** An adapter in words. */
export interface AdapterDescription {
  /** e.g. `nvidia ampere` or `google swiftshader (SwiftShader driver 5.0.0)`. */
  readonly device: string;
  /** Whether the adapter emulates a GPU on the CPU. */
  readonly software: boolean;
}

/** Emulations that do not always call themselves a fallback. */
const emulations = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/i;

/** What the adapter tells of itself, which in a browser may be little. */
export function describeAdapter(adapter: GpuAdapter): AdapterDescription {
  const { vendor = '', architecture = '', device = '', description = '', isFallbackAdapter } = adapter.info ?? {};
  const name = [vendor, architecture, device].filter((part) => part !== '').join(' ');
  const words = [name, description && `(${description})`].filter((part) => part !== '').join(' ');
  const fallback = isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;
  return { device: words || 'unnamed GPU', software: fallback || emulations.test(words) };
}
