import { formatMessage, type HealthFinding, type Verdict } from '@milpa/kernel';
import messages from '../../web/app/tenancy/messages/en.json' with { type: 'json' };
import { readable } from '../../web/app/i18n/units.ts';

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

const states: Record<Verdict, Finding['state']> = { well: 'ok', look: 'warning', mend: 'failed' };

/** What the operator's page of health says of it, in the same words. */
export function findingOf({ check, verdict, values }: HealthFinding): Finding {
  const say = (key: string) => formatMessage((messages as Record<string, string>)[`tenancy.health.${check}${key}`] ?? check, 'en', readable('en', values));
  return { check: say('.name'), state: states[verdict], message: say(''), ...(verdict === 'well' ? {} : { remedy: say('.mend') }) };
}
