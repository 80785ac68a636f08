import { Form } from 'react-router';
import { Badge, Button, Card, Section } from '@milpa/ui';
import type { Domain } from '@milpa/tenancy/contract';
import { useT } from '../../i18n/index.ts';
import { TextField } from '../../identity/fields.tsx';
import type { Answer } from '../../identity/form.ts';
import { ProblemSummary } from '../../shell/problem.tsx';

const exampleHost = 'learn.example.org';

/** Names of an organisation's own, beside its subdomain. */
export function DomainList({ domains, editable, answer }: { domains: Domain[]; editable: boolean; answer: Answer | undefined }) {
  const t = useT();
  return (
    <Section title={t('tenancy.domains.title')} lead={t('tenancy.domains.lead')}>
      <div className="ui-stack">
        <ProblemSummary problem={answer?.problem} />
        {domains.length > 0 && (
          <Card flush><ul className="divide-y divide-line">{domains.map((domain) => <li key={domain.host} className="p-4"><DomainEntry domain={domain} /></li>)}</ul></Card>
        )}
        {editable && (
          <Form method="post" key={domains.length} className="flex flex-wrap items-end gap-3">
            <input type="hidden" name="step" value="addDomain" />
            <div className="min-w-0 flex-1 basis-64"><TextField name="host" label={t('tenancy.domains.host')} dir="ltr" autoCapitalize="none" spellCheck={false} placeholder={exampleHost} required answer={answer} /></div>
            <Button type="submit">{t('tenancy.domains.add')}</Button>
          </Form>
        )}
      </div>
    </Section>
  );
}

/** As name servers spell it. */
const recordType = 'TXT';

function DomainEntry({ domain: { host, verifiedAt, record } }: { domain: Domain }) {
  const t = useT();
  return (
    <Form method="post" className="ui-stack ui-gap-s">
      <input type="hidden" name="host" value={host} />
      <div className="flex flex-wrap items-center gap-3">
        <bdi dir="ltr" className="min-w-0 flex-1 font-medium break-all">{host}</bdi>
        <Badge tone={verifiedAt ? 'leaf' : 'maize'}>{verifiedAt ? t('tenancy.domains.verified') : t('tenancy.domains.waiting')}</Badge>
        {!verifiedAt && <Button type="submit" size="small" name="step" value="verifyDomain">{t('tenancy.domains.verify')}</Button>}
        <Button type="submit" size="small" look="quiet" name="step" value="removeDomain" aria-label={t('tenancy.domains.removeOne', { host })}>{t('tenancy.domains.remove')}</Button>
      </div>
      {!verifiedAt && (
        <div className="text-sm text-ink-soft">
          <p>{t('tenancy.domains.record')}</p>
          <code dir="ltr" className="mt-1 block rounded-m bg-sunk p-3 break-all text-ink">{`${record.name} ${recordType} ${record.value}`}</code>
        </div>
      )}
    </Form>
  );
}
