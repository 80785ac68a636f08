/** What in a teacher's courses waits for them; nothing when nothing does. */
import { Anchor, Card, Section } from '@milpa/ui';
import { CircleAlert, MessageSquare, Pencil, Star } from 'lucide-react';
import { coursePath, managePath } from '../catalog/paths.ts';
import { useT } from '../i18n/index.ts';
import type { attentionOf } from './attention.ts';
import { learnersPath } from './paths.ts';

export function Attention({ courses, waiting }: Awaited<ReturnType<typeof attentionOf>>) {
  const t = useT();
  if (courses.length === 0 && waiting === 0) return null;
  const link = 'ui-link inline-flex min-h-(--tap) items-center gap-2';
  return (
    <Section title={t('teaching.attention')} className="mb-8">
      <Card tone="maize">
        <ul className="flex flex-col gap-3">
          {waiting > 0 && <li><Anchor className={link} href="/messages?state=waiting"><MessageSquare aria-hidden="true" className="size-5" />{t('teaching.attention.messages', { n: waiting })}</Anchor></li>}
          {courses.map(({ course, stalled, newReviews, unpublishedChanges }) => (
            <li key={course.id}>
              <p className="font-medium"><bdi lang={course.language}>{course.title}</bdi></p>
              <p className="flex flex-wrap gap-x-5">
                {stalled > 0 && <Anchor className={link} href={`${learnersPath(course.id)}?state=stalled&sort=quiet`}><CircleAlert aria-hidden="true" className="size-5" />{t('teaching.attention.stalled', { n: stalled })}</Anchor>}
                {newReviews > 0 && <Anchor className={link} href={`${coursePath(course.slug)}/reviews`}><Star aria-hidden="true" className="size-5" />{t('teaching.attention.reviews', { n: newReviews })}</Anchor>}
                {unpublishedChanges && <Anchor className={link} href={managePath(course.id)}><Pencil aria-hidden="true" className="size-5" />{t('teaching.attention.changes')}</Anchor>}
              </p>
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}
