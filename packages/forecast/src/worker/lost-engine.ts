/** Whether an engine that worked is gone: its device was lost, or reported what it cannot go on from. */
export function isLostEngine(error: unknown): boolean {
  const { code, details } = (error ?? {}) as {
    readonly code?: unknown;
    readonly details?: { readonly reason?: unknown };
  };
  // Other reasons of this code are why an engine could not be made at all.
  return code === 'tensor/backend-unavailable' && lost.includes(details?.reason);
}

const lost: readonly unknown[] = ['device-lost', 'device-error'];

/** How often a run begins again without having come to a further checkpoint: a device that is lost each time is no use. */
export const mostLosses = 3;
