/** Ways from a course to others: by its words, and to those that are like it. */
import { Anchor, CourseCard, Grid, Section, Tag } from '@milpa/ui';
import { useT } from '../i18n/index.ts';
import type { loader } from './course.tsx';
import { LessonFacts, Price, Rating } from './facts.tsx';
import { catalogPath } from './filters.ts';
import { coursePath } from './paths.ts';

export function Related({ courses }: { courses: Awaited<ReturnType<typeof loader>>['related'] }) {
  const t = useT();
  return (
    <Section title={t('catalog.related')} className="mt-12">
      <Grid>
        {courses.map(({ id, slug, title, language, price, rating, poster, ...facts }) => (
          <CourseCard
            key={id} href={coursePath(slug)} coverSeed={id} {...(poster && { image: { src: poster.address, alt: '' } })} title={<bdi lang={language}>{title}</bdi>}
            facts={<>{rating && <Rating rating={rating} />}<LessonFacts {...facts} /></>} footer={<Price price={price} />}
          />
        ))}
      </Grid>
    </Section>
  );
}

export function Tags({ tags }: { tags: readonly string[] }) {
  const t = useT();
  return (
    <ul className="ui-cluster ui-gap-s" aria-label={t('catalog.field.tags')}>
      {tags.map((tag) => <li key={tag}><Anchor href={catalogPath({ tag })} className="inline-flex min-h-(--tap) items-center no-underline hover:underline"><Tag>{tag}</Tag></Anchor></li>)}
    </ul>
  );
}
