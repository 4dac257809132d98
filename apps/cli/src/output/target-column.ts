/** Columns of the long format beside the numbers. */
const taken: readonly string[] = ['unique_id', 'ds'];

/** The column of the point forecast: the target's name; of one named as another column of the long format `y`, as there. */
export const targetColumn = (target: string): string => (taken.includes(target) ? 'y' : target);
