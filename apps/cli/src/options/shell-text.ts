/** A word as it is typed into a shell: in double quotes, which every shell takes, unless nothing in it means anything to one. */
export function shellText(word: string, platform: NodeJS.Platform = process.platform): string {
  // Windows parts folders with backslashes, and knows no other escape in quotes than that of the quote.
  const isPlain = platform === 'win32' ? /^[\w.,:/@%+=\\-]+$/ : /^[\w.,:/@%+=-]+$/;
  if (isPlain.test(word)) return word;
  return `"${word.replace(platform === 'win32' ? /"/g : /["\\$`]/g, '\\$&')}"`;
}
