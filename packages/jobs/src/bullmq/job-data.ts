/** What BullMQ keeps of a job. */
export interface JobData {
  /** As text, as is the result: PostgreSQL sorts the keys of JSON. */
  readonly job: string;
  readonly attempts: number;
  /** How often it was given back. */
  readonly released: number;
  /** Why it is to end; whoever has its lock ends it. */
  readonly cancelled?: string;
}
