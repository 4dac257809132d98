import { extname } from 'node:path';
import type { Plot } from '@nt/report';
import { checkWritable, writeFileSafely } from '../output-files.ts';
import { UsageError } from '../usage-error.ts';
import { loadRenderer } from './png-of.ts';
import type { Terminal } from './terminal.ts';

/** Flags of commands that draw. */
export interface PictureFlags {
  readonly plot?: string | undefined;
  readonly report?: string | undefined;
}

/** Looks whether the files can be written, before anything is computed. @throws UsageError naming the flag */
export async function checkPictures({ plot, report }: PictureFlags): Promise<void> {
  await checkWritable({ '--plot': plot, '--report': report });
  if (plot !== undefined && !['', '.svg', '.png'].includes(extname(plot).toLowerCase()))
    throw new UsageError(`--plot ${plot}: plots are written as .svg or .png.`);
  if (report !== undefined && !['', '.html', '.htm'].includes(extname(report).toLowerCase()))
    throw new UsageError(`--report ${report}: a report is a page; name a file that ends in .html.`);
  if (isPng(plot)) await loadRenderer();
}

/**
 * Writes a plot as its name says, and tells where; where there is nothing to draw, tells why, also when quiet: who has asked
 * for a file looks for it.
 */
export async function writePlot(
  path: string,
  plot: Plot | { readonly missing: string },
  terminal: Terminal,
): Promise<void> {
  if ('missing' in plot) return terminal.error(`--plot ${path}: nothing was drawn: ${plot.missing}`);
  const { svgPlot } = await import('@nt/report');
  const svg = svgPlot(plot);
  await writeFileSafely(path, isPng(path) ? await (await import('./png-of.ts')).pngOf(svg) : svg);
  terminal.line(`drawn in ${path}`);
}

const isPng = (path: string | undefined): boolean => path !== undefined && extname(path).toLowerCase() === '.png';

/** Sketches a plot where a person looks. */
export async function sketch(
  terminal: Terminal,
  flags: { readonly sketch?: boolean | undefined },
  plot: Plot | null,
  ends: readonly [string, string],
): Promise<void> {
  if (plot === null || flags.sketch === false || !terminal.isInteractive) return;
  const { terminalPlot } = await import('./terminal-plot.ts');
  const drawing = terminalPlot(plot, ends, terminal.width);
  if (drawing !== null) terminal.drawing(drawing);
}
