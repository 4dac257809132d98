/** Numbers as base64 of their little-endian float64 bits: JSON would lose −0, NaN and infinities. */
export function writeNumbers(values: Float64Array): string {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, i) => {
    view.setFloat64(i * 8, value, true);
  });
  const bytes = new Uint8Array(view.buffer);
  let text = '';
  // As many arguments as every engine takes at once.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** The numbers that `writeNumbers` wrote. @throws DOMException for a text that is no base64 */
export function readNumbers(text: string): Float64Array {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => view.getFloat64(i * 8, true));
}
