import { cut, quote } from './quote.ts';
import type { TensorEntry } from './read-header.ts';
import { SafetensorsError } from './safetensors-error.ts';

/**
 * Demands that the tensors cover the bytes behind the header exactly once, and returns them in that order.
 *
 * Without it a file could alias two tensors, hide a payload between them, or send a reader out of its buffer.
 */
export function checkLayout(entries: readonly TensorEntry[], dataBytes: number): readonly TensorEntry[] {
  const ordered = [...entries].sort((left, right) => left.begin - right.begin || left.end - right.end);
  let covered = 0;
  for (const entry of ordered) {
    if (entry.end > dataBytes) throw misplaced('safetensors/out-of-range', entry, `an end ≤ ${dataBytes}`);
    if (entry.begin < covered) throw misplaced('safetensors/overlap', entry, `a begin ≥ ${covered}`);
    if (entry.begin > covered) throw misplaced('safetensors/gap', entry, `begin = ${covered}`);
    covered = entry.end;
  }
  if (covered !== dataBytes) {
    throw new SafetensorsError(
      'safetensors/trailing-bytes',
      `expected the file to end with its last tensor; found ${dataBytes - covered} bytes behind it. The file is damaged or carries something else.`,
      { trailingBytes: dataBytes - covered },
    );
  }
  return ordered;
}

function misplaced(
  code: 'safetensors/out-of-range' | 'safetensors/overlap' | 'safetensors/gap',
  entry: TensorEntry,
  expected: string,
): SafetensorsError {
  return new SafetensorsError(
    code,
    `tensor ${quote(entry.name)}: expected ${expected} (bytes behind the header); found [${entry.begin}, ${entry.end}]. The file is truncated, damaged or hostile.`,
    { tensor: cut(entry.name), begin: entry.begin, end: entry.end },
  );
}
