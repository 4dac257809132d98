/** A comma that cannot part thousands, other signs between thousands in front of it allowed. */
const commaDecimal = /^[+-]?(\d{1,3}([.'\u2019 \u00a0\u2009\u202f]\d{3})+|\d*),(\d{1,2}|\d{4,}|\d+[eE][+-]?\d+)$/;
/** A point that cannot part thousands. */
const pointDecimal =
  /^[+-]?(\d{1,3}([,'\u2019 \u00a0\u2009\u202f]\d{3})+|\d*)\.(\d{1,2}|\d{4,}|\d+[eE][+-]?\d+)$|^[+-]?0?\.\d+$/;
const zeroComma = /^[+-]?0?,\d+$/;

/** The decimal sign that the first cells of all columns show: the comma only when nothing speaks for the point. */
export function findDecimal(columns: readonly (readonly string[])[]): '.' | ',' {
  let hasComma = false;
  for (const cells of columns) {
    for (const cell of cells) {
      if (pointDecimal.test(cell)) return '.';
      hasComma ||= commaDecimal.test(cell) || zeroComma.test(cell);
    }
  }
  return hasComma ? ',' : '.';
}
