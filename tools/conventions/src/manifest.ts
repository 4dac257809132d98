/** The parts of package.json that the rules read. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly homepage?: string;
  readonly bugs?: string;
  readonly repository?: { readonly type?: string; readonly url?: string; readonly directory?: string };
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly private?: boolean;
  readonly type?: string;
  readonly sideEffects?: boolean | readonly string[];
  readonly engines?: Readonly<Record<string, string>>;
  readonly packageManager?: string;
  readonly exports?: Readonly<Record<string, ExportTarget | string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly optionalDependencies?: Dependencies;
}

export type Dependencies = Readonly<Record<string, string>>;

export type ExportTarget = Readonly<Record<string, string>>;

/** name → source file relative to the package, for every entry that has one */
export function sourceEntries({ exports = {} }: Manifest): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(exports).flatMap(([name, target]) => {
      const source = typeof target === 'string' ? undefined : target['@nt/source'];
      return source ? [[name, source] as const] : [];
    }),
  );
}
