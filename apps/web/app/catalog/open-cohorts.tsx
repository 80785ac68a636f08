/** Groups that take the course together and are open to join. */
import { Form } from 'react-router';
import { Card, Section, SubmitButton } from '@milpa/ui';
import { useFormat, useT } from '../i18n/index.ts';
import type { openCohorts } from './cohorts.ts';

export function OpenCohorts({ cohorts, courseId }: { cohorts: Awaited<ReturnType<typeof openCohorts>>; courseId: string }) {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('catalog.cohorts.title')} lead={t('catalog.cohorts.lead')}>
      <ul className="flex flex-col gap-3">
        {cohorts.map((cohort) => (
          <li key={cohort.id}>
            <Card className="flex flex-wrap items-center justify-between gap-4">
              <div>
                <h3 className="text-lg"><bdi>{cohort.name}</bdi></h3>
                <p className="text-ink-soft">{t('catalog.cohorts.starts', { date: format.date(cohort.startsAt) })}{cohort.left !== null && <> · {t('catalog.cohorts.left', { n: cohort.left })}</>}</p>
              </div>
              <Form method="post"><input type="hidden" name="courseId" value={courseId} /><input type="hidden" name="cohortId" value={cohort.id} /><SubmitButton look="secondary">{t('catalog.cohorts.join')}</SubmitButton></Form>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}
