/** Remembers the physical line of each row, storing only the rows at which the distance between the two changes. */
export class LineIndex {
  private readonly rows: number[] = [];
  private readonly distances: number[] = [];
  private lastDistance = Number.NaN;

  /** Rows must come in order, counted from 0; lines count from 1. */
  add(row: number, line: number): void {
    const distance = line - row;
    if (distance === this.lastDistance) return;
    this.lastDistance = distance;
    this.rows.push(row);
    this.distances.push(distance);
  }

  lineOf(row: number): number {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.rows[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return row + (this.distances[low] ?? 0);
  }
}
