// What is published without types, or not for TypeScript's resolution of modules.

declare module 'jasmine-core/lib/jasmine-core/jasmine.js' {
  interface Suite {
    configure(options: Readonly<Record<string, unknown>>): void;
    beforeEach(run: () => void): void;
    afterEach(run: () => Promise<void>): void;
    fail(message: string): void;
    addReporter(reporter: { specDone(result: never): void }): void;
    execute(): Promise<unknown>;
  }
  interface Jasmine {
    DEFAULT_TIMEOUT_INTERVAL: number;
    getEnv(): Suite;
  }
  export function core(self: unknown): Jasmine;
  // TypeScript keeps the word `interface` for itself.
  function interfaceOf(jasmine: Jasmine, suite: Suite): object;

  export { interfaceOf as interface };
}

declare module '@tensorflow/tfjs-core/dist/jasmine_util' {
  export function setTestEnvs(
    environments: readonly {
      readonly name: string;
      readonly backendName: string;
      readonly flags: object;
      readonly isDataSync: boolean;
    }[],
  ): void;
}

declare module '@tensorflow/tfjs-core/dist/tests' {}
