/** Courses that suit the reader, each with the honest reason why it is shown. */
import { CourseCard, Section } from '@milpa/ui';
import type { Recommendation } from '@milpa/learning/contract';
import { coursePath } from '../catalog/paths.ts';
import { useT } from '../i18n/index.ts';
import type { Recommended } from './load.ts';

/** `of`: a course's page, where the course need not be named again. Nothing when there is nothing to recommend. */
export function Recommendations({ items, of }: { items: Recommended; of?: string }) {
  const t = useT();
  if (items.length === 0) return null;
  return (
    <Section title={t(of ? 'reviews.next.of' : 'reviews.next.you')}>
      <ul className="ui-grid">
        {items.map(({ course, reason }) => (
          <li key={course.id}>
            <CourseCard href={coursePath(course.slug)} coverSeed={course.id} title={<bdi lang={course.language}>{course.title}</bdi>} summary={<span lang={course.language} dir="auto">{course.summary}</span>} footer={<p className="text-sm text-ink-soft"><Reason reason={reason} of={of} /></p>} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Reason({ reason, of }: { reason: Recommendation['reason']; of: string | undefined }) {
  const t = useT();
  const { kind, because } = reason;
  if (kind === 'popular' || kind === 'new') return t(`reviews.why.${kind}`);
  return because === null || because.id === of ? t(`reviews.why.${kind}.here`) : t(`reviews.why.${kind}`, { title: because.title });
}
