import { type ModelFiles, modelFileNames, toModelFiles } from '@nt/forecast';
import type { Held } from '@nt/forecast/worker';
import { strToU8, unzipSync, zipSync } from 'fflate';

const readme = 'A forecaster of @nt. Use it with: nt forecast -m model -d FILE\n';

/** The folder that `nt train -o model` writes, as a zip. */
export async function zipModel({ predictor }: Held): Promise<Uint8Array> {
  if (!predictor) throw new Error('No model yet.');
  const files = Object.entries(await toModelFiles(predictor));
  const folder = Object.fromEntries(files.map(([name, bytes]) => [`model/${name}`, bytes]));
  return zipSync({ ...folder, 'model/README.txt': strToU8(readme) }, { level: 0 });
}

/** A file of a model, and where it lay. */
export interface PlacedFile {
  readonly path: string;
  readonly file: Blob;
}

/** The files of a model: a zip, or those of its folder, wherever it lies. What is missing, the forecaster says. */
export async function openModel(_: Held, placed: readonly PlacedFile[]): Promise<ModelFiles> {
  const [first] = placed;
  const isZip = placed.length === 1 && first!.path.toLowerCase().endsWith('.zip');
  const found = isZip
    ? unzip(first!, await bytesOf(first!.file))
    : Object.fromEntries(
        await Promise.all(
          placed
            .filter(({ path }) => isOfModel(path))
            .map(async ({ path, file }) => [path, await bytesOf(file)] as const),
        ),
      );
  const paths = Object.keys(found);
  if (paths.length === 0) throw new Error('There is no model in it: a model has a config.json.');
  // The folder that the shortest path lies in is the model's; members have theirs within it.
  const root = folderOf(paths.reduce((short, path) => (depth(path) < depth(short) ? path : short)));
  const own = Object.entries(found).filter(([path]) => path.startsWith(root));
  return Object.fromEntries(own.map(([path, bytes]) => [path.slice(root.length), bytes]));
}

function unzip({ path }: PlacedFile, bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, { filter: ({ name }) => isOfModel(name) });
  } catch (error) {
    throw new Error(
      `${path} cannot be unpacked (${(error as Error).message}): it is no zip, or was cut off. Choose the zip that this page saved, or the folder of a model.`,
    );
  }
}

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
const depth = (path: string): number => path.split('/').length;
const isOfModel = (path: string): boolean =>
  (modelFileNames as readonly string[]).includes(path.slice(path.lastIndexOf('/') + 1));
