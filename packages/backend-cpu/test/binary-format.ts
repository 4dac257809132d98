/** What a loader of an operating system reads in a binary before it runs any of it. */
export interface BinaryFormat {
  readonly format: 'ELF' | 'Mach-O' | 'PE32+';
  readonly processor: 'x64' | 'arm64' | undefined;
  /** Libraries and programs that must be there. */
  readonly needs: readonly string[];
  readonly exports: readonly string[];
  /** Apple's processors run only what is signed, if only by nobody in particular. */
  readonly isSigned: boolean;
}

/** Reads a library of Linux, macOS or Windows: 64 bits, little-endian. */
export function readBinaryFormat(bytes: Uint8Array): BinaryFormat {
  const file = new Reader(bytes);
  if (file.u32(0) === 0x464c457f && file.u8(4) === 2 && file.u8(5) === 1) return readElf(file);
  if (file.u32(0) === 0xfeedfacf) return readMachO(file);
  if (file.u16(0) === 0x5a4d && file.u32(file.u32(0x3c)) === 0x4550) return readPe(file, file.u32(0x3c));
  throw new Error(`expected a 64-bit library, found bytes ${bytes.subarray(0, 6).join(' ')}`);
}

class Reader {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, true);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  u64(at: number): number {
    return Number(this.#view.getBigUint64(at, true));
  }

  text(at: number): string {
    let text = '';
    for (let place = at; this.u8(place) !== 0; place++) text += String.fromCharCode(this.u8(place));
    return text;
  }

  /** Where the entries of a table begin. */
  table(start: number, bytes: number, bytesPerEntry: number): number[] {
    return Array.from({ length: Math.floor(bytes / bytesPerEntry) }, (_, index) => start + index * bytesPerEntry);
  }
}

/** System V gABI, chapters 4 and 5. */
function readElf(file: Reader): BinaryFormat {
  const sections = file.table(file.u64(0x28), file.u16(0x3c) * file.u16(0x3a), file.u16(0x3a));
  const entries = (type: number, bytesPerEntry: number): { at: number; names: number }[] =>
    sections
      .filter((section) => file.u32(section + 4) === type)
      .flatMap((section) => {
        const names = file.u64(sections[file.u32(section + 0x28)]! + 0x18);
        const table = file.table(file.u64(section + 0x18), file.u64(section + 0x20), bytesPerEntry);
        return table.map((at) => ({ at, names }));
      });
  const needed = entries(6, 16).filter(({ at }) => file.u64(at) === 1);
  const defined = entries(11, 24).filter(({ at }) => file.u16(at + 6) !== 0);
  return {
    format: 'ELF',
    processor: ({ 62: 'x64', 183: 'arm64' } as const)[file.u16(0x12)],
    needs: needed.map(({ at, names }) => file.text(names + file.u64(at + 8))),
    exports: defined.map(({ at, names }) => file.text(names + file.u32(at))),
    isSigned: false,
  };
}

/** mach-o/loader.h and mach-o/nlist.h of Apple's SDK. */
function readMachO(file: Reader): BinaryFormat {
  const commands = [32];
  while (commands.length < file.u32(16)) commands.push(commands.at(-1)! + file.u32(commands.at(-1)! + 4));
  const ofKind = (kind: number): number[] => commands.filter((at) => file.u32(at) === kind);
  const symbols = ofKind(2).flatMap((at) =>
    file
      .table(file.u32(at + 8), file.u32(at + 12) * 16, 16)
      .map((symbol) => ({ type: file.u8(symbol + 4), name: file.text(file.u32(at + 16) + file.u32(symbol)) })),
  );
  return {
    format: 'Mach-O',
    processor: ({ 16777223: 'x64', 16777228: 'arm64' } as const)[file.u32(4)],
    needs: ofKind(0xc).map((at) => file.text(at + file.u32(at + 8))),
    // External, and in a section of this file; C's names begin with an underscore here.
    exports: symbols.filter(({ type }) => (type & 0x0f) === 0x0f).map(({ name }) => name.slice(1)),
    isSigned: ofKind(0x1d).length > 0,
  };
}

/** Microsoft's PE format, from its specification. */
function readPe(file: Reader, header: number): BinaryFormat {
  if (file.u16(header + 24) !== 0x20b) throw new Error('expected PE32+');
  const sections = file.table(header + 24 + file.u16(header + 20), file.u16(header + 6) * 40, 40);
  const place = (address: number): number => {
    const section = sections.filter((at) => file.u32(at + 12) <= address).at(-1)!;
    return address - file.u32(section + 12) + file.u32(section + 20);
  };
  const [exported, imported] = [136, 144].map((offset) => place(file.u32(header + offset)));
  const needs: string[] = [];
  for (let at = imported!; file.u32(at + 12) !== 0; at += 20) needs.push(file.text(place(file.u32(at + 12))));
  const names = file.table(place(file.u32(exported! + 32)), file.u32(exported! + 24) * 4, 4);
  return {
    format: 'PE32+',
    processor: ({ 34404: 'x64', 43620: 'arm64' } as const)[file.u16(header + 4)],
    needs,
    exports: names.map((at) => file.text(place(file.u32(at)))),
    isSigned: false,
  };
}
