/** The catalogue: search, filters and results, all of it in the address. */
import { redirect } from 'react-router';
import { Anchor, CourseCard, EmptyState, Grid, LinkButton, Page, PageHeader, Pagination, Tag, VisuallyHidden } from '@milpa/ui';
import { listCategories, listCourses } from '@milpa/catalog/contract';
import { X } from 'lucide-react';
import { load, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { Title } from '../shell/title.tsx';
import { LessonFacts, Price } from './facts.tsx';
import { FilterPanel, SearchBar } from './filter-panel.tsx';
import { catalogPath, isWordy, readFilters, readTrail, without, type FilterName } from './filters.ts';
import { languageChoices, plainLanguageName, sameLanguage } from './language.ts';
import { coursePath } from './paths.ts';
import { indented } from './tree.ts';
import type { Route } from './+types/courses';

const pageSize = 24;

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const { locale, viewer } = web(context);
  const filters = readFilters(searchParams);
  const trail = readTrail(searchParams);
  if (isWordy(searchParams)) throw redirect(catalogPath(filters, trail));
  const cursor = trail.at(-1);
  const [{ data, page }, categories] = await Promise.all([
    load(context, listCourses, { query: { ...filters, limit: pageSize, ...(cursor && { cursor }) } }),
    load(context, listCategories),
  ]);
  const names = new Map(categories.data.map(({ id, name }) => [id, name]));
  return {
    filters,
    pages: { trail, next: page.next },
    categories: indented(categories.data),
    languages: languageChoices(locale, filters.language),
    mayCreate: viewer.permissions.includes('course:create'),
    courses: data.map(({ id, slug, title, summary, language, level, categoryId, price, lessonCount, durationMinutes }) => ({
      id, slug, title, summary, level, price, lessonCount, durationMinutes, lang: language,
      language: sameLanguage(language, locale) ? null : plainLanguageName(language, locale), category: categoryId && (names.get(categoryId) ?? null),
    })),
  };
}

export default function Courses({ loaderData }: Route.ComponentProps) {
  const t = useT();
  const { filters, categories, languages, courses } = loaderData;
  const unfiltered = Object.keys(filters).length === 0;
  const nothingAtAll = courses.length === 0 && unfiltered && loaderData.pages.trail.length === 0;
  return (
    <Page>
      <Title>{filters.q ? t('catalog.searchTitle', { q: filters.q }) : t('catalog.courses')}</Title>
      <PageHeader title={t('catalog.courses')} lead={nothingAtAll ? undefined : t('catalog.lead')} />
      {nothingAtAll ? <NoCourses mayCreate={loaderData.mayCreate} /> : (
        <>
          <SearchBar key={filters.q} q={filters.q} />
          <div className="mt-6 grid gap-x-10 gap-y-4 lg:grid-cols-[15rem_minmax(0,1fr)]">
            <FilterPanel key={JSON.stringify(filters)} filters={filters} categories={categories} languages={languages} />
            <section aria-label={t('catalog.results')}>
              <ActiveFilters {...loaderData} />
              {courses.length === 0 ? <NothingFound /> : <Grid>{courses.map((course) => <Result key={course.id} course={course} />)}</Grid>}
              <Pages {...loaderData} />
            </section>
          </div>
        </>
      )}
    </Page>
  );
}

type Data = Route.ComponentProps['loaderData'];

function Result({ course }: { course: Data['courses'][number] }) {
  const t = useT();
  return (
    <CourseCard
      headingLevel={2}
      href={coursePath(course.slug)}
      coverSeed={course.id}
      title={<bdi lang={course.lang}>{course.title}</bdi>}
      summary={course.summary && <span lang={course.lang} dir="auto">{course.summary}</span>}
      tags={(course.category ?? course.language) && <>{course.category && <Tag>{course.category}</Tag>}{course.language && <Tag>{course.language}</Tag>}</>}
      facts={<LessonFacts {...course} />}
      footer={(
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <Price price={course.price} />
          <span className="text-sm font-normal text-ink-soft">{t(`catalog.level.${course.level}`)}</span>
        </div>
      )}
    />
  );
}

/** What narrows the list, each with its way out. */
function ActiveFilters({ filters, categories, languages }: Data) {
  const t = useT();
  const labels: Partial<Record<FilterName, string | undefined>> = {
    q: filters.q && t('catalog.filter.words', { q: filters.q }),
    category: filters.category && (categories.find(({ slug }) => slug === filters.category)?.label.trim() ?? filters.category),
    level: filters.level && t(`catalog.level.${filters.level}`),
    language: filters.language && languages.find(({ code }) => code === filters.language)?.name,
    price: filters.price && t(`catalog.price.${filters.price}`),
    tag: filters.tag && t('catalog.filter.tag', { tag: filters.tag }),
  };
  const active = (Object.keys(labels) as FilterName[]).filter((name) => labels[name]);
  if (active.length === 0) return null;
  return (
    <ul className="mb-5 flex flex-wrap gap-2" aria-label={t('catalog.filter.active')}>
      {active.map((name) => (
        <li key={name} className="max-w-full">
          <Anchor
            href={catalogPath(without(filters, name))}
            className="inline-flex min-h-(--tap) max-w-full items-center gap-2 rounded-full bg-accent-soft ps-4 pe-3 text-sm font-medium text-accent-text no-underline hover:underline"
          >
            <VisuallyHidden>{t('catalog.filter.remove')} </VisuallyHidden><bdi className="truncate">{labels[name]}</bdi><X aria-hidden="true" />
          </Anchor>
        </li>
      ))}
      {active.length > 1 && <li><LinkButton look="quiet" href="/courses">{t('catalog.filter.clear')}</LinkButton></li>}
    </ul>
  );
}

function Pages({ filters, pages: { trail, next } }: Data) {
  const t = useT();
  return (
    <Pagination
      label={t('catalog.pages')}
      previous={trail.length > 0 ? { href: catalogPath(filters, trail.slice(0, -1)), label: t('catalog.previousPage') } : undefined}
      next={next ? { href: catalogPath(filters, [...trail, next]), label: t('catalog.nextPage') } : undefined}
    />
  );
}

function NothingFound() {
  const t = useT();
  return (
    <EmptyState illustration="search" title={t('catalog.nothingFound.title')} action={<LinkButton href="/courses">{t('catalog.nothingFound.action')}</LinkButton>}>
      <p>{t('catalog.nothingFound.text')}</p>
    </EmptyState>
  );
}

function NoCourses({ mayCreate }: { mayCreate: boolean }) {
  const t = useT();
  return (
    <EmptyState title={t('catalog.noCourses.title')} action={mayCreate && <LinkButton look="primary" href="/teaching/new">{t('catalog.new.title')}</LinkButton>}>
      <p>{t(mayCreate ? 'catalog.noCourses.textForTeachers' : 'catalog.noCourses.text')}</p>
    </EmptyState>
  );
}
