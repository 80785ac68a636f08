import { Form } from 'react-router';
import { Card, Section, SubmitButton } from '@milpa/ui';
import type { OperatorTenant } from '@milpa/tenancy/contract';
import { useT } from '../../i18n/index.ts';
import { TextField } from '../../identity/fields.tsx';
import type { Answer } from '../../identity/form.ts';
import { ProblemSummary } from '../../shell/problem.tsx';

/** Closing the doors for a while or for good; each asks for words before it happens. */
export function TenantDoor({ tenant: { abilities, slug }, answer }: { tenant: OperatorTenant; answer: Answer | undefined }) {
  const t = useT();
  if (!abilities.suspend && !abilities.resume && !abilities.close) return null;
  return (
    <Section title={t('tenancy.door.title')}>
      <ProblemSummary problem={answer?.problem} />
      <div className="grid items-start gap-4 md:grid-cols-2">
        {abilities.resume && (
          <Card>
            <Form method="post" className="ui-stack">
              <p>{t('tenancy.door.resumeText')}</p>
              <SubmitButton look="secondary" name="step" value="resume" className="self-start">{t('tenancy.door.resume')}</SubmitButton>
            </Form>
          </Card>
        )}
        {abilities.suspend && (
          <Card>
            <Form method="post" className="ui-stack">
              <p>{t('tenancy.door.suspendText')}</p>
              <TextField name="reason" label={t('tenancy.door.reason')} hint={t('tenancy.door.reasonHint')} maxLength={500} dir="auto" required answer={answer} />
              <SubmitButton look="danger" name="step" value="suspend" className="self-start">{t('tenancy.door.suspend')}</SubmitButton>
            </Form>
          </Card>
        )}
        {abilities.close && (
          <Card>
            <Form method="post" className="ui-stack">
              <p>{t('tenancy.door.closeText')}</p>
              <TextField name="confirmation" label={t('tenancy.door.confirm', { slug })} autoComplete="off" autoCapitalize="none" spellCheck={false} dir="ltr" required answer={answer} />
              <SubmitButton look="danger" name="step" value="close" className="self-start">{t('tenancy.door.close')}</SubmitButton>
            </Form>
          </Card>
        )}
      </div>
    </Section>
  );
}
