/** Every way in which a file or an argument can be refused; closed, so that callers can switch over it. */
export type SafetensorsErrorCode =
  | 'safetensors/invalid-argument'
  | 'safetensors/truncated'
  | 'safetensors/header-too-large'
  | 'safetensors/not-utf8'
  | 'safetensors/invalid-header'
  | 'safetensors/duplicate-name'
  | 'safetensors/invalid-name'
  | 'safetensors/invalid-metadata'
  | 'safetensors/unknown-dtype'
  | 'safetensors/invalid-shape'
  | 'safetensors/invalid-offsets'
  | 'safetensors/out-of-range'
  | 'safetensors/overlap'
  | 'safetensors/gap'
  | 'safetensors/trailing-bytes'
  | 'safetensors/invalid-boolean'
  | 'safetensors/data-mismatch'
  | 'safetensors/too-large'
  | 'safetensors/big-endian';

/** Facts behind a message, for programs: tensor name (its first 100 characters), sizes in bytes, offsets. */
export type SafetensorsErrorDetails = Readonly<Record<string, unknown>>;

const marker = Symbol.for('nt.safetensors-error');

/** The only error that `@nt/safetensors` throws: what was expected, what was found, what to do. */
export class SafetensorsError extends Error {
  readonly code: SafetensorsErrorCode;
  readonly details: SafetensorsErrorDetails;

  constructor(code: SafetensorsErrorCode, message: string, details: SafetensorsErrorDetails = {}) {
    super(message);
    this.name = 'SafetensorsError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for errors of this class, also when they come from a second installed copy of the package. */
  static isInstance(error: unknown): error is SafetensorsError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
