/** The catalogue: search, filters and results, all of it in the address. */
import type { ReactNode } from 'react';
import { Form, redirect, useSubmit } from 'react-router';
import { Anchor, Button, CourseCard, EmptyState, Grid, LinkButton, Notice, Page, PageHeader, Pagination, Tag, VisuallyHidden } from '@milpa/ui';
import { countCourseFacets, listCategories, listCourses } from '@milpa/catalog/contract';
import { ChevronDown, X } from 'lucide-react';
import { load, web } from '../context.ts';
import { useT } from '../i18n/index.ts';
import { Title } from '../shell/title.tsx';
import { LessonFacts, Marked, Price, PriceRange, Rating } from './facts.tsx';
import { AtLeast, FilterButton, FilterPanel } from './filter-panel.tsx';
import { catalogPath, defaultSort, isLandingPage, isWordy, readFilters, readTrail, sortsFor, without, type FilterName, type Filters } from './filters.ts';
import { plainLanguageName, sameLanguage } from './language.ts';
import { coursePath } from './paths.ts';
import { SearchBox } from './search-box.tsx';
import { ShareTags } from './share-tags.tsx';
import { shareOf } from './share.ts';
import { pathTo } from './tree.ts';
import type { Route } from './+types/courses';

const pageSize = 24;

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const { locale, viewer, tenant } = web(context);
  const filters = readFilters(searchParams);
  const trail = readTrail(searchParams);
  if (isWordy(searchParams)) throw redirect(catalogPath(filters, trail));
  const cursor = trail.at(-1);
  const { sort, ...narrowing } = filters;
  const [{ data, page, search }, facets, categories] = await Promise.all([
    load(context, listCourses, { query: { ...narrowing, sort: sort ?? defaultSort(filters.q), limit: pageSize, ...(cursor && { cursor }) } }),
    load(context, countCourseFacets, { query: narrowing }),
    load(context, listCategories),
  ]);
  const names = new Map(categories.data.map(({ id, name }) => [id, name]));
  const counts = new Map(facets.category.map(({ id, count }) => [id, count]));
  const open = new Set(pathTo(categories.data, categories.data.find(({ slug }) => slug === filters.category)?.id ?? null).map(({ id }) => id));
  return {
    filters, search, currency: tenant?.currency ?? '',
    pages: { trail, next: page.next },
    facets: {
      ...facets,
      // Roots, and what lies right below those that were chosen.
      categories: categories.data.flatMap(({ id, slug, name, parentId }) => (counts.has(id) && (parentId === null || open.has(parentId)) ? [{ value: slug, label: name, depth: pathTo(categories.data, id).length - 1, count: counts.get(id) ?? 0 }] : [])),
      languages: facets.language.map(({ value, count }) => ({ value, label: plainLanguageName(value, locale), count })),
    },
    chosen: {
      category: categories.data.find(({ slug }) => slug === filters.category)?.name ?? filters.category,
      language: filters.language && plainLanguageName(filters.language, locale),
    },
    mayCreate: viewer.permissions.includes('course:create'),
    share: shareOf(web(context), catalogPath(without(filters, 'sort'), trail)),
    courses: data.map(({ id, slug, title, summary, language, level, categoryId, price, lessonCount, durationMinutes, rating, poster, marks }) => ({
      id, slug, title, summary, level, price, lessonCount, durationMinutes, rating, poster, marks, lang: language,
      language: sameLanguage(language, locale) ? null : plainLanguageName(language, locale), category: categoryId && (names.get(categoryId) ?? null),
    })),
  };
}

export default function Courses({ loaderData }: Route.ComponentProps) {
  const t = useT();
  const { filters, facets, courses, chosen, pages, share } = loaderData;
  const nothingAtAll = courses.length === 0 && Object.keys(filters).length === 0 && pages.trail.length === 0;
  const title = filters.q ? t('catalog.searchTitle', { q: filters.q }) : chosen.category ?? t('catalog.courses');
  return (
    <Page>
      <Title>{title}</Title>
      <ShareTags {...share} title={title} description={t('catalog.lead')} indexed={isLandingPage(filters, pages.trail)} />
      <PageHeader title={filters.q ? t('catalog.courses') : title} lead={nothingAtAll ? undefined : t('catalog.lead')} />
      {nothingAtAll ? <NoCourses mayCreate={loaderData.mayCreate} /> : (
        <>
          <SearchBox key={catalogPath(filters)} filters={filters} />
          <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-4 lg:grid-cols-[15rem_minmax(0,1fr)]">
            <FilterPanel filters={filters} facets={facets} currency={loaderData.currency} />
            <section aria-label={t('catalog.results')}>
              <Understood {...loaderData} />
              <ActiveFilters {...loaderData} />
              <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
                {courses.length > 0 && <p role="status" className="basis-full text-ink-soft sm:basis-auto sm:flex-1">{t('catalog.total', { n: facets.total })}</p>}
                <FilterButton />
                {courses.length > 0 && <Sorting filters={filters} />}
              </div>
              {courses.length === 0 ? <NothingFound /> : (
                <Grid>{courses.map((course) => <Result key={course.id} course={course} />)}</Grid>
              )}
              <Pages {...loaderData} />
            </section>
          </div>
        </>
      )}
    </Page>
  );
}

/** Says by which words courses were found, where it was not by those that were typed. */
function Understood({ search, filters }: Data) {
  const t = useT();
  if (!search || (search.corrected === null && !search.some)) return null;
  return (
    <div className="mb-5">
      <Notice>{search.corrected === null ? t('catalog.search.some') : t('catalog.search.corrected', { words: search.corrected, typed: filters.q ?? '' })}</Notice>
    </div>
  );
}

/** A choice shows at once; without a script there is a button. */
function Sorting({ filters }: { filters: Filters }) {
  const t = useT();
  const submit = useSubmit();
  const kept = Object.entries(without(filters, 'sort')).map(([name, value]) => [name, String(value)] as const);
  return (
    <Form method="get" action="/courses" className="flex items-center gap-2" onChange={(event) => { void submit(event.currentTarget); }}>
      {kept.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <label className="flex items-center gap-2 whitespace-nowrap">
        <span className="sr-only text-sm text-ink-soft sm:not-sr-only">{t('catalog.field.sort')}</span>
        <span className="ui-select">
          <select key={filters.sort ?? ''} name="sort" defaultValue={filters.sort ?? defaultSort(filters.q)} className="ui-input">
            {sortsFor(filters.q).map((sort) => <option key={sort} value={sort}>{t(`catalog.sort.${sort}`)}</option>)}
          </select>
          <ChevronDown aria-hidden="true" />
        </span>
      </label>
      <noscript><Button type="submit">{t('catalog.filter.apply')}</Button></noscript>
    </Form>
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
      {...(course.poster && { image: { src: course.poster.address, alt: '' } })}
      title={<bdi lang={course.lang}><Marked text={course.title} ranges={course.marks?.title} /></bdi>}
      summary={course.summary && <span lang={course.lang} dir="auto"><Marked text={course.summary} ranges={course.marks?.summary} /></span>}
      tags={(course.category ?? course.language) && <>{course.category && <Tag>{course.category}</Tag>}{course.language && <Tag>{course.language}</Tag>}</>}
      facts={<>{course.rating && <Rating rating={course.rating} />}<LessonFacts {...course} /></>}
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
function ActiveFilters({ filters, chosen, currency }: Data) {
  const t = useT();
  const labels: Partial<Record<FilterName, ReactNode>> = {
    q: filters.q && t('catalog.filter.words', { q: filters.q }),
    category: chosen.category,
    level: filters.level && t(`catalog.level.${filters.level}`),
    language: chosen.language,
    price: filters.price && <PriceRange price={filters.price} currency={currency} />,
    duration: filters.duration && t(`catalog.durationBand.${filters.duration}`),
    rating: filters.rating && <AtLeast stars={filters.rating} />,
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
