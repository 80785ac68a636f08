import { decodeCursor, Problem, toPage, type Tenant, type Tx } from '@milpa/kernel';
import type { Input, Output } from '@milpa/kernel/contract';
import { sql } from 'kysely';
import { categoryBranch, listCategories } from '../category/queries.ts';
import { findCourseStanding } from '../course/queries.ts';
import { listedOf } from '../course/summary.ts';
import { problems } from '../problems.ts';
import type { CourseFilters, CourseFacets, countCourseFacets, listCourseAddresses, listCourses, listRelatedCourses, suggestCourses, Understanding } from './contract.ts';
import { sumFacets } from './facets.ts';
import * as queries from './queries.ts';
import type { AskedWord, Asked, Conditions, SummaryRow } from './queries.ts';
import { knownStemTerms, stemsOf } from './refresh.ts';
import { marksIn, nearest, spellings, stemTerm, tolerance, wordsOf } from './rules.ts';

/** A search longer than this is no search. */
const mostWords = 12;
/** A word of one letter begins too many others. */
const shortestBeginning = 2;

// ---- what a search means

/** The words of a search, with all that each may be found by. Little words count only where there are no others. */
async function askedWords(tx: Tx, q: string): Promise<{ words: string[]; asked: AskedWord[] }> {
  const typed = [...new Set(wordsOf(q))].slice(0, mostWords);
  const stems = await stemsOf(tx, typed);
  const telling = typed.filter((one) => ![...stems(one).values()].includes(null));
  const words = telling.length > 0 ? telling : typed;
  // What ends in a space is finished.
  const unfinished = /\s$/.test(q) ? undefined : typed.at(-1);
  const asked = words.map((one) => ({
    terms: [one, ...[...stems(one)].flatMap(([language, stem]) => (stem === null ? [] : [stemTerm(language, stem)]))],
    prefix: one === unfinished && one.length >= shortestBeginning ? one : null,
  }));
  return { words, asked };
}

interface Search extends Asked { understanding: Understanding | null; /** Whether a normalized word of a text is one that was looked for. */ isFound: (one: string) => boolean }

const nothingAsked = { words: [], all: true, understanding: null, isFound: () => false };

/** Takes the words as typed. */
async function asTyped(tx: Tx, q: string | undefined, conditions: Conditions): Promise<Search> {
  const { words, asked } = await askedWords(tx, q ?? '');
  return words.length === 0 ? { ...nothingAsked, conditions } : { words: asked, all: true, conditions, understanding: { corrected: null, some: false }, isFound: finder(asked) };
}

/** For words that no course has: those of the vocabulary that are nearest; and if no course has all of them then, courses that have some. */
async function otherwise(tx: Tx, q: string, conditions: Conditions): Promise<Search> {
  const { words, asked } = await askedWords(tx, q);
  const unknown = await queries.unknownWords(tx, asked);
  const better = await Promise.all(words.map(async (one, place) => (unknown[place] && tolerance(one) > 0 ? nearest(one, await queries.similarWords(tx, one, 100), asked[place]!.prefix !== null) : [])));
  const corrected = asked.map((word, place): AskedWord => (better[place]!.length > 0 ? { terms: better[place]!, prefix: null } : word));
  const isCorrected = better.some((found) => found.length > 0);
  const understanding = { corrected: isCorrected ? words.map((one, place) => better[place]![0] ?? one).join(' ') : null, some: false };
  return { words: corrected, all: true, conditions, understanding, isFound: finder(corrected) };
}

const someOf = (search: Search): Search => ({ ...search, all: false, understanding: { corrected: search.understanding?.corrected ?? null, some: true } });

function finder(asked: readonly AskedWord[]): (one: string) => boolean {
  const terms = new Set(asked.flatMap((word) => word.terms));
  const prefixes = asked.flatMap((word) => word.prefix ?? []);
  return (one) => spellings(one).some((spelling) => terms.has(spelling) || prefixes.some((prefix) => spelling.startsWith(prefix))
    || knownStemTerms(spelling).some((term) => terms.has(term)));
}

/** Asks as typed; where that finds nothing, as it may have been meant. */
async function searching<T>(tx: Tx, q: string | undefined, conditions: Conditions, ask: (search: Search) => Promise<T>, isEmpty: (answer: T) => boolean): Promise<{ answer: T; search: Search }> {
  let search = await asTyped(tx, q, conditions);
  let answer = await ask(search);
  if (!isEmpty(answer) || search.words.length === 0) return { answer, search };
  // What the words find without any filter decides how they are understood: a filter must not change their meaning.
  const finds = async (other: Search) => (await queries.listPage(tx, { ...other, conditions: {} }, 'relevance', 1, null)).length > 0;
  if (Object.keys(conditions).length > 0 && await finds(search)) return { answer, search };
  search = await otherwise(tx, q ?? '', conditions);
  if (search.words.length > 1 && !await finds(search)) search = someOf(search);
  answer = await ask(search);
  return { answer, search };
}

// ---- filters

const hours: Record<NonNullable<CourseFilters['duration']>, [from: number, below: number | null]> = { short: [0, 60], medium: [60, 240], long: [240, 960], extended: [960, null] };

async function conditionsOf(tx: Tx, { category, level, language, price, duration, rating, tag }: CourseFilters, currency: string): Promise<Conditions> {
  const conditions: Conditions = {};
  if (category !== undefined) conditions.category = sql<boolean>`c.category_id = any(${await categoryBranch(tx, category)}::uuid[])`;
  if (level) conditions.level = sql<boolean>`c.level in (${level}, 'all')`;
  // Spanish finds the Spanish of every country.
  if (language) conditions.language = sql<boolean>`(c.language = ${language} or c.language like ${`${language}-%`})`;
  if (price) conditions.price = priceCondition(price, currency);
  if (duration) {
    const [from, below] = hours[duration];
    conditions.duration = sql<boolean>`(c.duration_minutes >= ${from}::int and c.duration_minutes < coalesce(${below}::int, 2147483647))`;
  }
  if (rating) conditions.rating = sql<boolean>`c.rating_average >= ${rating}::numeric`;
  if (tag) conditions.tag = sql<boolean>`${tag} = any(c.tags)`;
  return conditions;
}

function priceCondition(price: string, currency: string) {
  if (price === 'free') return sql<boolean>`c.price_amount is null`;
  if (price === 'paid') return sql<boolean>`c.price_amount is not null`;
  const [from, below] = price.split('-');
  return sql<boolean>`(c.price_currency = ${currency} and c.price_amount >= ${from}::bigint and c.price_amount < coalesce(${below || null}::bigint, 1000000000000))`;
}

// ---- use cases

export async function list(tx: Tx, tenant: Tenant, { limit, cursor, sort, q, ...filters }: Input<typeof listCourses>['query']): Promise<Output<typeof listCourses>> {
  const after = decodeCursor(cursor, ['string', 'string']);
  const conditions = await conditionsOf(tx, filters, tenant.currency);
  const orderOf = (search: Search) => (sort && (sort !== 'relevance' || search.words.length > 0) ? sort : search.words.length > 0 ? 'relevance' : 'newest');
  const { answer, search } = await searching(tx, q, conditions, (asked) => queries.listPage(tx, asked, orderOf(asked), limit + 1, after), (rows) => rows.length === 0);
  const { data, page } = toPage(answer, limit, (row) => [row.sortKey, row.id]);
  if (search.words.length > 0) await stemsOf(tx, data.flatMap((row) => wordsOf(`${row.title} ${row.summary}`).flatMap(spellings)));
  const marks = (row: SummaryRow) => (search.words.length === 0 ? null : { title: marksIn(row.title, search.isFound), summary: marksIn(row.summary, search.isFound) });
  return { data: data.map((row) => Object.assign(listedOf(row), { marks: marks(row) })), page, search: search.understanding };
}

export async function countFacets(tx: Tx, tenant: Tenant, { q, ...filters }: Input<typeof countCourseFacets>['query']): Promise<CourseFacets> {
  const [conditions, thirds, categories] = await Promise.all([conditionsOf(tx, filters, tenant.currency), queries.priceThirds(tx, tenant.currency), listCategories(tx)]);
  const bands = priceBands(thirds);
  const { answer } = await searching(tx, q, conditions, (asked) => queries.countFacets(tx, asked, tenant.currency, bands), (rows) => rows.every((row) => row.lacks !== 0));
  return sumFacets(answer, categories, bands);
}

/** Amounts with two digits that count, as people say them, each once. */
const priceBands = (thirds: readonly number[]): number[] =>
  [...new Set(thirds.map((amount) => Number(amount.toPrecision(1))).filter((amount) => amount > 0))].sort((a, b) => a - b);

export async function suggest(tx: Tx, { q }: Input<typeof suggestCourses>['query']): Promise<Output<typeof suggestCourses>> {
  const last = wordsOf(q).at(-1);
  if (!last || last.length < shortestBeginning) return { courses: [], words: [] };
  const [{ answer }, words] = await Promise.all([
    searching(tx, q, {}, (asked) => queries.listPage(tx, asked, 'relevance', 5, null), (rows) => rows.length === 0),
    /\s$/.test(q) ? [] : queries.wordsBeginning(tx, last, 4),
  ]);
  const before = q.slice(0, q.length - (q.match(/\S+$/)?.[0].length ?? 0));
  return { courses: answer.map(({ slug, title, language }) => ({ slug, title, language })), words: words.filter((one) => one !== last).slice(0, 3).map((one) => before + one) };
}

/** The same for everybody who may read courses. @throws Problem `catalog.course_not_found`, also for one that is not published. */
export async function related(tx: Tx, key: string): Promise<Output<typeof listRelatedCourses>> {
  const course = await findCourseStanding(tx, key);
  if (course?.status !== 'published') throw new Problem(problems.course_not_found);
  return { data: (await queries.relatedTo(tx, course.id, 3)).map(listedOf) };
}

/** A sitemap may name 50,000 addresses; fewer are answered sooner. */
const addressesAtOnce = 10_000;

export async function addresses(tx: Tx, { page }: Input<typeof listCourseAddresses>['query']): Promise<Output<typeof listCourseAddresses>> {
  const [data, count] = await Promise.all([queries.publishedAddresses(tx, (page - 1) * addressesAtOnce, addressesAtOnce), queries.countPublished(tx)]);
  return { data, pages: Math.max(1, Math.ceil(count / addressesAtOnce)) };
}
