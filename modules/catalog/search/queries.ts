import { lock, type Tx } from '@milpa/kernel';
import { sql, type RawBuilder } from 'kysely';
import type { CourseLevel } from '../tables.ts';
import { gramsOf, type StemForm } from './rules.ts';

const { raw, join } = sql;

/** A course as lists show it. */
export const summaryOf = sql`
  c.id, c.slug, c.title, c.summary, c.language, c.level, c.status, c.category_id, c.tags, c.price_amount, c.price_currency,
  c.module_count, c.lesson_count, c.duration_minutes, c.published_at, c.poster_file_id, c.poster_alt, c.rating_count, c.rating_average::float8 as rating_average`;

export interface SummaryRow {
  id: string; slug: string; title: string; summary: string; language: string; level: CourseLevel; status: 'published'; categoryId: string | null; tags: string[];
  priceAmount: number | null; priceCurrency: string | null; moduleCount: number; lessonCount: number; durationMinutes: number; publishedAt: string;
  posterFileId: string | null; posterAlt: string; ratingCount: number; ratingAverage: number | null;
}

/** What the stemmers make of words: null for a word that says nothing in its language. */
export async function stems(tx: Tx, forms: readonly StemForm[]): Promise<{ stem: string | null }[]> {
  if (forms.length === 0) return [];
  const { rows } = await sql<{ stem: string | null }>`
    select (ts_lexize(stemmer::regdictionary, form))[1] as stem
    from unnest(${forms.map((one) => one.stemmer)}::text[], ${forms.map((one) => one.form)}::text[]) with ordinality as asked(stemmer, form, place) order by place`.execute(tx);
  return rows;
}

/** What a word is looked up by. */
export interface AskedWord {
  terms: readonly string[];
  /** The word is the beginning of others. */
  prefix: string | null;
}

/** The filters of a list, each by its name, as a condition on `c`. */
export type Conditions = Partial<Record<'category' | 'level' | 'language' | 'price' | 'duration' | 'rating' | 'tag', RawBuilder<boolean>>>;

const highest = '\u{10ffff}';
/** Shares of a term's weight: found as it was written or by its stem, or as a beginning. */
const exactly = 1;
const asBeginning = 0.7;

/**
 * `with matched …`: the courses that have all words, or any of them, with their score; to stand before a select.
 * A term is a range of one: every lookup is a range in byte order, which row-level security lets the index answer.
 */
function matching(words: readonly AskedWord[], all: boolean): RawBuilder<unknown> {
  if (words.length === 0) return sql``;
  const ranges = words.flatMap(({ terms, prefix }, place) => [
    ...terms.map((term) => ({ place, low: term, high: term, share: exactly })),
    ...(prefix === null ? [] : [{ place, low: prefix, high: prefix + highest, share: asBeginning }]),
  ]);
  const column = (key: 'place' | 'low' | 'high' | 'share') => ranges.map((range) => range[key]);
  const best = words.map((_, place) => sql`max(t.weight * asked.share) filter (where asked.place = ${place}::int)`);
  const having = all && words.length > 1 ? sql`having ${join(best.map((one) => sql`${one} is not null`), sql` and `)}` : sql``;
  return sql`with matched as materialized (
    select t.course_id, round(${join(best.map((one) => sql`coalesce(${one}, 0)`), sql` + `)})::int as score
    from unnest(${column('place')}::int[], ${column('low')}::text[], ${column('high')}::text[], ${column('share')}::real[]) as asked(place, low, high, share)
      join catalog.search_term t on t.term >= asked.low collate "C" and t.term <= asked.high collate "C"
    group by t.course_id ${having})`;
}

/** Published courses that matched, as `c`. Of one array the index finds few as quickly as thousands; how many there are, the planner could not guess. */
const isFound = (words: readonly AskedWord[]): RawBuilder<boolean> =>
  (words.length === 0 ? sql`c.status = 'published'` : sql`c.status = 'published' and c.id = any(array(select course_id from matched))`);

const every = (conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> => sql<boolean>`${join(conditions, sql` and `)}`;

/** The keys of every order, each with the course's id behind it, and which way both run. */
const orders = {
  relevance: { key: 'score', type: 'int', way: 'desc' },
  newest: { key: 'c.published_at', type: 'timestamptz', way: 'desc' },
  title: { key: 'c.title', type: 'text', way: 'asc' },
  rating: { key: 'coalesce(c.rating_average, 0)', type: 'numeric', way: 'desc' },
  shortest: { key: 'c.duration_minutes', type: 'int', way: 'asc' },
} as const;
export type Order = keyof typeof orders;

export interface Asked { words: readonly AskedWord[]; /** Or any of them. */ all: boolean; conditions: Conditions }

/** A page of courses. `sortKey` is what a cursor remembers beside the id. */
export async function listPage(tx: Tx, { words, all, conditions }: Asked, order: Order, limit: number, after: readonly [key: string, id: string] | null): Promise<(SummaryRow & { sortKey: string })[]> {
  const { key, type, way } = orders[order];
  const beyond = after && sql<boolean>`(${raw(key)}, c.id) ${raw(way === 'desc' ? '<' : '>')} (${after[0]}::${raw(type)}, ${after[1]}::uuid)`;
  const { rows } = await sql<SummaryRow & { sortKey: string }>`
    ${matching(words, all)} select ${summaryOf}, (${raw(key)})::text as sort_key from catalog.course c ${words.length === 0 ? sql`` : sql`join matched on matched.course_id = c.id`}
    where ${every([isFound(words), ...Object.values(conditions), ...(beyond ? [beyond] : [])])}
    order by ${raw(key)} ${raw(way)}, c.id ${raw(way)} limit ${limit}`.execute(tx);
  return rows;
}

/** The filters that people choose from counted values; the bit of each says that a course lacks it. */
export const facets = ['category', 'level', 'language', 'price', 'duration', 'rating'] as const;
export type Facet = (typeof facets)[number];

/** For every value of a facet: how many courses have it and lack nothing (`lacks` 0) or nothing but the filter of the bit `lacks`. */
export interface FacetRow { facet: Facet | null; lacks: number; value: string | null; count: number }

/**
 * Counts all facets in one pass: a course that fails two filters counts nowhere, one that fails one filter only in that one's facet.
 * @param bands where prices are parted, in the minor unit of `currency`
 */
export async function countFacets(tx: Tx, { words, all, conditions: { tag, ...filters } }: Asked, currency: string, bands: readonly number[]): Promise<FacetRow[]> {
  const lacks = facets.map((facet, place) => (filters[facet] ? sql`case when ${filters[facet]} then 0 else ${2 ** place}::int end` : sql`0`));
  const { rows } = await sql<{ lacks: number; count: number; which: number } & Record<Facet, string | null>>`
    ${matching(words, all)} select lacks, count(*)::int as count, grouping(category, level, language, price, duration, rating) as which, category, level, language, price, duration, rating
    from (
      select ${join(lacks, sql` + `)} as lacks, c.category_id::text as category, c.level, split_part(c.language, '-', 1) as language,
        case when c.price_amount is null then 'free' when c.price_currency <> ${currency} then 'other' else width_bucket(c.price_amount, ${[0, ...bands]}::bigint[])::text end as price,
        case when c.duration_minutes < 60 then 'short' when c.duration_minutes < 240 then 'medium' when c.duration_minutes < 960 then 'long' else 'extended' end as duration,
        floor(c.rating_average * 2)::text as rating
      from catalog.course c where ${every([isFound(words), ...(tag ? [tag] : [])])}
    ) course where lacks in (0, 1, 2, 4, 8, 16, 32)
    group by grouping sets ((lacks), (lacks, category), (lacks, level), (lacks, language), (lacks, price), (lacks, duration), (lacks, rating))`.execute(tx);
  return rows.map((row) => {
    const facet = facets.find((_, place) => (row.which & (1 << (facets.length - 1 - place))) === 0) ?? null;
    return { facet, lacks: row.lacks, value: facet && row[facet], count: row.count };
  });
}

/** Two amounts that part the prices of published courses into three parts of a size. */
export async function priceThirds(tx: Tx, currency: string): Promise<number[]> {
  const { rows } = await sql<{ thirds: number[] | null }>`
    select percentile_disc(array[1.0 / 3, 2.0 / 3]) within group (order by price_amount)::float8[] as thirds
    from catalog.course where status = 'published' and price_amount is not null and price_currency = ${currency}`.execute(tx);
  return rows[0]?.thirds ?? [];
}

/** Which of the words stand in no course, under any of their terms. */
export async function unknownWords(tx: Tx, words: readonly AskedWord[]): Promise<boolean[]> {
  if (words.length === 0) return [];
  const known = words.map(({ terms, prefix }) => sql`(exists (select from catalog.search_term where term = any(${terms}::text[]))${
    prefix === null ? sql`` : sql` or exists (select from catalog.search_term where term >= ${prefix} collate "C" and term < ${prefix + highest} collate "C")`})`);
  const { rows } = await sql<{ known: boolean[] }>`select array[${join(known)}] as known`.execute(tx);
  return rows[0]!.known.map((one) => !one);
}

/** The words of the tenant's courses that have most pieces in common with one. */
export async function similarWords(tx: Tx, one: string, limit: number): Promise<string[]> {
  const grams = gramsOf(one);
  const { rows } = await sql<{ word: string }>`
    select word from catalog.search_gram where gram = any(${grams}::text[])
    group by word order by count(*) / (length(word) + ${grams.length}::real - count(*)) desc, word limit ${limit}`.execute(tx);
  return rows.map((row) => row.word);
}

/** Words of titles and the like that begin like this, those of most courses first. */
export async function wordsBeginning(tx: Tx, prefix: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ term: string }>`
    select term from catalog.search_term where term >= ${prefix} collate "C" and term < ${prefix + highest} collate "C"
    group by term order by sum(weight) desc, term limit ${limit}`.execute(tx);
  return rows.map((row) => row.term);
}

/** What there is to find a course by; undefined when it is not published. */
export async function searchableCourse(tx: Tx, courseId: string): Promise<{ title: string; tags: string[]; summary: string; language: string; outline: string[]; texts: string[] } | undefined> {
  const course = await tx.selectFrom('catalog.course').select(['title', 'tags', 'summary', 'language']).where('id', '=', courseId).where('status', '=', 'published').executeTakeFirst();
  if (!course) return undefined;
  const { rows } = await sql<{ title: string; bodyHtml: string | null }>`
    with published as (select v.outline from catalog.course c join catalog.course_version v on v.id = c.published_version_id where c.id = ${courseId})
    select module ->> 'title' as title, null as body_html from published cross join jsonb_path_query(outline, '$.modules[*]') module
    union all
    select lesson ->> 'title', r.body_html from published cross join jsonb_path_query(outline, '$.modules[*].lessons[*]') lesson
      join catalog.lesson_revision r on r.id = (lesson ->> 'revisionId')::uuid`.execute(tx);
  return { ...course, outline: rows.map((row) => row.title), texts: rows.flatMap((row) => row.bodyHtml ?? []) };
}

/** Searches of a tenant's courses change one at a time, so that its vocabulary has each word exactly as long as a course has it. */
export const lockSearch = (tx: Tx) => lock(tx, 'catalog.search');

/** Replaces the terms of a course. @returns those that it had and has no longer. */
export async function replaceTerms(tx: Tx, courseId: string, terms: ReadonlyMap<string, number>): Promise<string[]> {
  const [names, weights] = [[...terms.keys()], [...terms.values()]];
  const { rows } = await sql<{ term: string }>`
    with gone as (delete from catalog.search_term where course_id = ${courseId} and term <> all(${names}::text[]) returning term),
    come as (
      insert into catalog.search_term as t (course_id, term, weight) select ${courseId}, term, weight from unnest(${names}::text[], ${weights}::smallint[]) as new(term, weight)
      on conflict (tenant_id, term, course_id) do update set weight = excluded.weight where t.weight <> excluded.weight
    )
    select term from gone`.execute(tx);
  return rows.map((row) => row.term);
}

/** Adds words to the vocabulary, and takes out those of `gone` that no course has any more. */
export async function changeVocabulary(tx: Tx, words: readonly string[], gone: readonly string[]): Promise<void> {
  const pieces = words.flatMap((word) => gramsOf(word).map((gram) => ({ gram, word })));
  if (pieces.length > 0) await sql`
    insert into catalog.search_gram (gram, word) select gram, word from unnest(${pieces.map((one) => one.gram)}::text[], ${pieces.map((one) => one.word)}::text[]) as new(gram, word)
    on conflict do nothing`.execute(tx);
  if (gone.length > 0) await sql`
    delete from catalog.search_gram g where word = any(${gone}::text[]) and not exists (select from catalog.search_term t where t.term = g.word)`.execute(tx);
}

/** What is found is another: answers that are kept hold no longer. */
export async function countChange(tx: Tx): Promise<void> {
  await sql`insert into catalog.catalog_version as v default values on conflict (tenant_id) do update set version = v.version + 1, changed_by = pg_current_xact_id()
    where v.changed_by <> pg_current_xact_id()`.execute(tx);
}

/** A word that is everywhere says little and is held by many: so many courses of it are looked at. */
const relatedCandidates = 200;

/** Courses that share most terms with one; terms that many courses share say little. */
export async function relatedTo(tx: Tx, courseId: string, limit: number): Promise<SummaryRow[]> {
  const { rows } = await sql<SummaryRow>`
    with own as (select term, weight from catalog.search_term where course_id = ${courseId} and weight >= 30 order by weight desc, term limit 40),
    shared as (select t.course_id, least(t.weight, own.weight) as weight, t.courses from own cross join lateral (
      select course_id, weight, count(*) over () as courses from (select course_id, weight from catalog.search_term where term = own.term limit ${relatedCandidates}) some_of_them) t),
    near as (select course_id, sum(weight::float8 / courses) as nearness from shared where course_id <> ${courseId} group by course_id order by nearness desc, course_id limit ${limit})
    select ${summaryOf} from near join catalog.course c on c.id = near.course_id and c.status = 'published' order by nearness desc, c.id`.execute(tx);
  return rows;
}

/** When what people see of a course last changed, for those of a part of the catalogue. */
export const publishedAddresses = (tx: Tx, offset: number, limit: number) =>
  tx.selectFrom('catalog.course').select(['slug', 'updatedAt']).where('status', '=', 'published').orderBy('id').offset(offset).limit(limit).execute();

export const countPublished = async (tx: Tx): Promise<number> =>
  (await tx.selectFrom('catalog.course').select((is) => is.fn.countAll<number>().as('count')).where('status', '=', 'published').executeTakeFirstOrThrow()).count;

/** Counts the changes of what is shown of the tenant's courses and categories. */
export async function catalogVersion(tx: Tx): Promise<number> {
  return (await tx.selectFrom('catalog.catalogVersion').select('version').executeTakeFirst())?.version ?? 0;
}

/** Published courses that nobody can find. */
export async function unfindable(tx: Tx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from catalog.course c where c.status = 'published' and not exists (select from catalog.search_term t where t.course_id = c.id) limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
}
