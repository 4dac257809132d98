/** What can be wrong with a model's options. */
export type NbeatsErrorCode = 'nbeats/option';

const brand = Symbol.for('nt.nbeats-error');

/** The one error class of `@nt/nbeats`; weights, windows and foreign files that do not fit are `LayersError`s of `@nt/layers`. */
export class NbeatsError extends Error {
  readonly code: NbeatsErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: NbeatsErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'NbeatsError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is NbeatsError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
