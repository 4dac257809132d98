/** `13:30`, with seconds where there are any, of a time of day in milliseconds. */
export function clockText(milliseconds: number): string {
  const text = new Date(Math.floor(milliseconds)).toISOString().slice(11, 23);
  const micro = Math.round((milliseconds - Math.floor(milliseconds)) * 1000);
  if (micro > 0) return `${text}${String(micro).padStart(3, '0')}`;
  return text.replace(/\.000$/, '').replace(/^(\d\d:\d\d):00$/, '$1');
}
