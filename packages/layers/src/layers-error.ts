/** What can be wrong between a network and those who use it. */
export type LayersErrorCode = 'layers/weights' | 'layers/input' | 'layers/onnx' | 'layers/neuralforecast';

const brand = Symbol.for('nt.layers-error');

/** The one error class of `@nt/layers`: what networks made with it throw for weights, windows and foreign files. */
export class LayersError extends Error {
  readonly code: LayersErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: LayersErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'LayersError';
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True also for errors of another installed copy of this package, where `instanceof` fails. */
  static isInstance(value: unknown): value is LayersError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
  }
}
