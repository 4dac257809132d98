import { DataError, type DataErrorCode, type DataErrorDetails } from '@nt/data';
import { ForecastError, type ForecastErrorCode } from '../forecast-error.ts';
import type { PlainError } from './messages.ts';

/** An error for `postMessage`, which would keep neither code nor details. */
export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, code, details } = error as Error & { code?: unknown; details?: unknown };
  return { name, message, ...(typeof code === 'string' && { code }), ...(details !== undefined && plain({ details })) };
}

/** The error on the other side: of the same class where that is of data or forecasts, else with the same name and code. */
export function fromPlainError({ name, message, code, details }: PlainError): Error {
  if (name === 'DataError') return new DataError(code as DataErrorCode, message, details as DataErrorDetails);
  if (name === 'ForecastError')
    return new ForecastError(code as ForecastErrorCode, message, details as Readonly<Record<string, unknown>>);
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code, details }) });
}

/** Details that cannot be cloned must not hide the error that they belong to. */
function plain(value: { readonly details: unknown }): { readonly details?: unknown } {
  try {
    return JSON.parse(JSON.stringify(value)) as { readonly details?: unknown };
  } catch {
    return {};
  }
}
