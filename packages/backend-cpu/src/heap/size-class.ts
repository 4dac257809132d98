/** Bytes between two blocks' starts: a cache line, and a multiple of every element size. */
export const blockAlignment = 64;

/**
 * The size that is allocated for a request: eight steps between powers of two, so that a freed block fits the next
 * tensor of about the same size and at most an eighth is wasted.
 */
export function sizeClass(bytes: number): number {
  if (bytes <= 8 * blockAlignment) return Math.max(1, Math.ceil(bytes / blockAlignment)) * blockAlignment;
  const step = 2 ** (Math.floor(Math.log2(bytes - 1)) - 3);
  return Math.ceil(bytes / step) * step;
}
