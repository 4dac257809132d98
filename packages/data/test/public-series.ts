/** `NT_SHARED_DATA`: the folder of public series, which are not part of the repository. Only long checks need it. */
export const publicSeriesFolder: string | undefined = process.env['NT_SHARED_DATA'] || undefined;
