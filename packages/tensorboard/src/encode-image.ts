import { bytesField, type Field, integerField } from './protobuf.ts';
import { TensorboardError } from './tensorboard-error.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** PNG's colour type → TensorFlow's `colorspace`: grey, grey + alpha, RGB, RGBA; a palette is RGB. */
const colorspaces: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/** A `Summary.Image`: the PNG file as it is, with the size that its own header states (PNG specification, §11.2.2). */
export function encodeImage(tag: string, png: Uint8Array): readonly Field[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const colorspace = png.length < 33 ? undefined : colorspaces[view.getUint8(25)];
  if (signature.some((byte, index) => png[index] !== byte) || colorspace === undefined) {
    throw new TensorboardError(
      'tensorboard/not-png',
      `image ${JSON.stringify(tag)}: expected the bytes of a PNG file; found ${png.length} bytes that are none. Encode the picture first.`,
      { tag, bytes: png.length },
    );
  }
  return [
    integerField(1, view.getUint32(20)),
    integerField(2, view.getUint32(16)),
    integerField(3, colorspace),
    bytesField(4, png),
  ];
}
