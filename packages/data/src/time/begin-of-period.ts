const between = /^\s*(?:[-–—/~]|to|bis)\s*$/;

/** The first of two times of one form with a sign or a word between them, `2023-01-02/2023-01-08`; undefined for other texts. */
export function beginOfPeriod(text: string): string | undefined {
  for (let gap = 1; gap <= 5; gap++) {
    const length = (text.length - gap) / 2;
    if (!Number.isInteger(length) || length < 8) continue;
    const [begin, end] = [text.slice(0, length), text.slice(-length)];
    if (between.test(text.slice(length, -length)) && shape(begin) === shape(end) && /\d/.test(begin)) return begin;
  }
  return undefined;
}

const shape = (text: string): string => text.replace(/\d/g, '0');
