/** What is written for a cluster. */
export interface ClusterFlags {
  readonly queue: string;
  readonly workers: number;
  readonly jobs: number;
  readonly cpus: number;
  /** Mebibytes. */
  readonly memory: number;
  readonly image?: string;
  readonly claim?: string;
  readonly mount: string;
  readonly once?: number;
}
