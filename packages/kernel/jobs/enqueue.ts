/** Asking for a job in the transaction that needs it: the job exists exactly when that transaction commits. */
export interface JobRequest {
  name: string;
  /** Anything that survives JSON; checked against the job's schema when it runs. */
  payload: unknown;
  maxAttempts: number;
  /**
   * Among the waiting jobs of one name, at most one has this key: a second request replaces the first.
   * Keys are shared by all tenants, so begin them with the tenant's id.
   */
  key?: string;
  /** Not before this time; at once if absent. */
  runAt?: Date;
}

/** The statement that enqueues a job and answers its id; the serving role may execute it. */
export function enqueueSql(request: JobRequest): { text: string; values: unknown[] } {
  return {
    text: 'select kernel.add_job($1, $2::json, $3, $4::timestamptz, $5::int)::text as id',
    values: [request.name, JSON.stringify(request.payload), request.key ?? null, request.runAt?.toISOString() ?? null, request.maxAttempts],
  };
}
