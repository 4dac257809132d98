import type { EngineReport } from '@nt/forecast/worker';

/** Which engine computes, and why. */
export function engineText({ description, reason }: EngineReport): string {
  const { engine, device, kernelSet, threads, limitations } = description;
  const with_ = threads === undefined ? '' : `, ${threads === 1 ? 'one thread' : `${threads} threads`}`;
  return `Engine: ${engine}, ${device} (${kernelSet}${with_}). ${reason} ${limitations.join(' ')}`;
}
