/** What one check found. */
export interface Finding {
  check: string;
  /** skipped: it could not be asked, for the reason in the message */
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  message: string;
  /** how to mend it; present unless all is well */
  remedy?: string;
}

type Check = (message: string, remedy?: string) => Finding;

/** Constructors of findings of one check. */
export function about(check: string): { ok: Check; warning: Check; failed: Check; skipped: Check } {
  const as =
    (state: Finding['state']): Check =>
    (message, remedy) => ({ check, state, message, ...(remedy ? { remedy } : {}) });
  return { ok: as('ok'), warning: as('warning'), failed: as('failed'), skipped: as('skipped') };
}
