import { UsageError } from '../usage-error.ts';

/** What is installed beside `nt` for PNG files. */
const renderer = '@resvg/resvg-js';

/** Pixels of the picture for one of the plot: sharp on screens of today, and in print. */
const zoom = 2;

/**
 * An SVG picture as PNG.
 *
 * @throws UsageError when the package that draws it, or every font, is missing
 */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const { Resvg } = await loadRenderer();
  const font = { loadSystemFonts: true };
  const probe = new Resvg('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">x</text></svg>', { font });
  if (probe.getBBox() === undefined)
    throw new UsageError(
      'PNG: this system has no fonts, so that titles and numbers would be missing. Install some (apt-get install fonts-dejavu-core), or name a file that ends in .svg.',
    );
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: zoom } }).render().asPng();
}

/** @throws UsageError that says what to install */
export async function loadRenderer(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js');
  } catch (error) {
    throw notInstalled(error) ?? error;
  }
}

/** The package is not there: what to do. */
export function notInstalled(error: unknown): UsageError | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(`'${renderer}'`)) return undefined;
  return new UsageError(
    `PNG files are drawn by the package ${renderer}, which is not installed. Install it beside nt: npm install --global ${renderer}@2.6.2; or name a file that ends in .svg.`,
  );
}
