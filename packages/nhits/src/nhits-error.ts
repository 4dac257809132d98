/** What can be wrong with a model's options. */
export type NhitsErrorCode = 'nhits/option';

const brand = Symbol.for('nt.nhits-error');

/** The one error class of `@nt/nhits`; weights, windows and foreign files that do not fit are `LayersError`s of `@nt/layers`. */
export class NhitsError extends Error {
  readonly code: NhitsErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: NhitsErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'NhitsError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is NhitsError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
