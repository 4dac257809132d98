const token = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g;

/**
 * JSON whose whole numbers beyond 2^53 are texts, so that ids and nanoseconds keep their digits: `JSON.parse` makes
 * 12345678901234567890 and …891 one number, and of two series one.
 */
export function withExactIntegers(text: string): string {
  if (!/[\s:[,]-?\d{16,}\s*[,}\]\s]/.test(text)) return text;
  return text.replace(token, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
}
