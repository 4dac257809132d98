/** papaparse ships no types; this is what the bench calls of it. */
declare module 'papaparse' {
  const papaparse: {
    parse(text: string, options: { readonly header: true; readonly skipEmptyLines: true }): { readonly data: unknown };
  };
  export default papaparse;
}
