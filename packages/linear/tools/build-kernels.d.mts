/** What the generated file depends on. */
export declare function hashOfSources(): string;
