const codes = ['data/too-short', 'forecast/no-windows', 'linear/too-few-windows', 'linear/too-large'];

/** Whether an error says that the data hold no window for a member, which is then left out. */
export const isTooShort = (error: unknown): error is Error =>
  error instanceof Error && codes.includes((error as { code?: string }).code ?? '');
