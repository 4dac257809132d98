/** What this package uses of the browser's WebGPU objects. TypeScript's own types would need the DOM library everywhere. */
export interface Gpu {
  requestAdapter(options: { readonly powerPreference: 'high-performance' }): Promise<GpuAdapter | null>;
}

/** A GPU, real or emulated. */
export interface GpuAdapter {
  readonly features: { has(name: string): boolean };
  readonly limits: Readonly<Record<string, number | undefined>>;
  readonly info?: GpuAdapterInfo;
  /** Where browsers said it before `info.isFallbackAdapter`. */
  readonly isFallbackAdapter?: boolean;
  requestDevice(options: {
    readonly requiredFeatures: readonly string[];
    readonly requiredLimits: Readonly<Record<string, number>>;
  }): Promise<GpuDevice>;
}

/** What an adapter tells of itself; browsers leave strings empty for privacy. */
export interface GpuAdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

/** A connection to an adapter. */
export interface GpuDevice {
  /** Resolves, never rejects, when the device is gone. */
  readonly lost: Promise<{ readonly reason?: string; readonly message: string }>;
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
  destroy(): void;
}
