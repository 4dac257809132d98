import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { buildSite } from './site.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built page. */
    readonly site: string;
  }
}

/** Builds the page once for all tests. */
export default async function siteForAll(project: TestProject): Promise<() => Promise<void>> {
  const folder = await buildSite();
  project.provide('site', folder);
  return () => rm(folder, { recursive: true, maxRetries: 5 });
}
