/** UTF-16 order, which `<` has, and UTF-8 order differ where surrogates meet U+E000…U+FFFF; files use UTF-8's. */
export function compareText(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = utf8Rank(left.charCodeAt(index)) - utf8Rank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Puts the halves of surrogate pairs, U+D800…U+DFFF, behind all other units, where the characters they stand for are. */
function utf8Rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
