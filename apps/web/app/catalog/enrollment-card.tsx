/** What a reader can do with a course: enrol, go on, or learn why not. */
import { Form } from 'react-router';
import { Card, Cover, LinkButton, Progress, SubmitButton, TextLink } from '@milpa/ui';
import { useFormat, useT } from '../i18n/index.ts';
import { Price } from './facts.tsx';
import { leavePath, playerPath } from './paths.ts';
import type { loader } from './course.tsx';

type Data = Awaited<ReturnType<typeof loader>>;

export function EnrollmentCard(data: Data) {
  const { course, enrollment } = data;
  return (
    <Card flush className="max-lg:-mx-1">
      {course.poster
        ? <img src={course.poster.address} alt={course.poster.alt} width={640} height={360} className="block aspect-video w-full object-cover" />
        : <Cover seed={course.id} className="block aspect-video w-full" />}
      <div className="flex flex-col gap-4 p-5">
        {enrollment ? <Enrolled {...data} enrollment={enrollment} /> : <NotEnrolled {...data} />}
      </div>
    </Card>
  );
}

function Enrolled({ course, enrollment, mayLeave }: Data & { enrollment: NonNullable<Data['enrollment']> }) {
  const t = useT();
  const format = useFormat();
  const { completedLessons: done, lessonCount, status } = enrollment;
  const label = status === 'completed' ? t('catalog.enrolled.review') : t(enrollment.started ? 'catalog.enrolled.continue' : 'catalog.enrolled.start');
  return (
    <>
      <div>
        <p className="mb-1 font-medium">{status === 'completed' ? t('catalog.enrolled.completed') : t('catalog.enrolled.progress', { done, total: lessonCount })}</p>
        <Progress value={done} max={Math.max(lessonCount, 1)} label={t('catalog.enrolled.progressLabel')} text={format.percent(lessonCount ? Math.min(done / lessonCount, 1) : 0)} />
      </div>
      <LinkButton look="primary" size="large" wide href={playerPath(course.slug)}>{label}</LinkButton>
      {mayLeave && <p className="text-center text-sm"><TextLink href={leavePath(course.slug)}>{t('catalog.leave.link')}</TextLink></p>}
    </>
  );
}

function NotEnrolled({ course, enrolling, signIn, can }: Data) {
  const t = useT();
  return (
    <>
      {course.status !== 'draft' && <p className="text-2xl font-semibold empty:hidden"><Price price={course.price} /></p>}
      {enrolling === 'signIn' && (
        <>
          <LinkButton look="primary" size="large" wide href={signIn}>{t('catalog.enroll.signIn')}</LinkButton>
          <p className="text-center text-sm text-ink-soft">{t('catalog.enroll.signInHint')}</p>
        </>
      )}
      {enrolling === 'open' && (
        <Form method="post">
          <input type="hidden" name="courseId" value={course.id} />
          <SubmitButton size="large" wide>{t('catalog.enroll.submit')}</SubmitButton>
        </Form>
      )}
      {(enrolling === 'paid' || enrolling === 'invitation' || enrolling === 'closed') && <p className="text-ink-soft">{t(`catalog.enroll.${enrolling}`)}</p>}
      {can.update && <LinkButton wide href={playerPath(course.slug)}>{t('catalog.preview')}</LinkButton>}
    </>
  );
}
