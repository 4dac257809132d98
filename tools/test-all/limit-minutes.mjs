/** A hanging job is ended after this time. */
export const limitMinutes = Number(process.env['NT_TEST_LIMIT_MINUTES'] ?? 20);
