/** Against LAPACK on well-conditioned systems, relative to the largest number; measured below 1e-13. */
export const lapack = 1e-10;
/** Two orders of the same sums: windows one by one or by what comes and leaves, added and taken away or never added. */
export const sums = 1e-9;
/** A recurrence without noise, with the smallest λ that keeps the equations solvable. */
export const recovered = 1e-5;
/** A sum of a few hundred float32 products of scaled values, beside float64, relative to the largest forecast. */
export const float32 = 1e-5;
