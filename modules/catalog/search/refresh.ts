/** Keeps what courses are found by as it is now. */
import type { Tx } from '@milpa/kernel';
import { LRUCache } from 'lru-cache';
import * as queries from './queries.ts';
import { frequentWords, isArabicStopWord, mayBe, plainText, spellings, stemForm, stemmedLanguage, stemmedLanguages, stemTerm, textWords, tolerance, weights, wordsOf, type StemmedLanguage } from './rules.ts';

/** What a word comes to in every language that it may be of; null where it says nothing. Never changes, so it is remembered. */
const knownStems = new LRUCache<string, Map<StemmedLanguage, string | null>>({ max: 50_000 });

export async function stemsOf(tx: Tx, words: readonly string[]): Promise<(one: string) => ReadonlyMap<StemmedLanguage, string | null>> {
  const found = new Map([...new Set(words)].map((one) => [one, knownStems.get(one)]));
  const forms = [...found].flatMap(([one, stems]) => (stems ? [] : stemmedLanguages.filter((language) => mayBe(one, language)).map((language) => stemForm(one, language))));
  const rows = await queries.stems(tx, forms);
  for (const [place, { word, language }] of forms.entries()) {
    const stems = found.get(word) ?? new Map<StemmedLanguage, string | null>();
    stems.set(language, isArabicStopWord(word) ? null : rows[place]?.stem ?? null);
    found.set(word, stems);
    knownStems.set(word, stems);
  }
  return (one) => found.get(one) ?? new Map();
}

/**
 * Makes a course findable as it is now published, or no longer. To be called in every transaction that publishes or archives a course, or changes the
 * description or the tags of a published one; last in it, since no two run at once in a tenant.
 */
export async function refreshSearch(tx: Tx, courseId: string): Promise<void> {
  await queries.lockSearch(tx);
  const course = await queries.searchableCourse(tx, courseId);
  const { terms, words } = course ? await termsOf(tx, course) : { terms: new Map<string, number>(), words: [] };
  const gone = await queries.replaceTerms(tx, courseId, terms);
  await queries.changeVocabulary(tx, words, gone.filter((term) => !term.includes(':')));
  await queries.countChange(tx);
}

async function termsOf(tx: Tx, course: NonNullable<Awaited<ReturnType<typeof queries.searchableCourse>>>): Promise<{ terms: Map<string, number>; words: string[] }> {
  const language = stemmedLanguage(course.language);
  const places = [
    { words: wordsOf(course.title), weight: weights.title }, { words: course.tags.flatMap(wordsOf), weight: weights.tag }, { words: wordsOf(course.summary), weight: weights.summary },
    { words: wordsOf(course.outline.join(' ')), weight: weights.outline },
  ];
  const text = frequentWords(plainText(course.texts.join(' ')), textWords);
  const stems = await stemsOf(tx, [...places.flatMap((place) => place.words), ...text].flatMap(spellings));
  const terms = new Map<string, number>();
  const add = (term: string, weight: number) => terms.set(term, Math.min((terms.get(term) ?? 0) + weight, 10_000));
  const says = (one: string) => language === null || stems(one).get(language) !== null;
  const addStems = (one: string, weight: number) => {
    if (language) for (const spelling of spellings(one)) add(stemTerm(language, stems(spelling).get(language) ?? spelling), weight);
  };
  for (const place of places) {
    for (const one of new Set(place.words.filter(says))) {
      for (const spelling of spellings(one)) add(spelling, place.weight);
      addStems(one, place.weight);
    }
  }
  const words = [...terms.keys()].filter((term) => !term.includes(':') && tolerance(term) > 0);
  // Words of the text are found by their stem alone: there are too many to complete and to correct.
  for (const one of text.filter(says)) if (language) addStems(one, weights.text); else add(one, weights.text);
  return { terms, words };
}

/** The stem terms of a word that has been asked about. */
export const knownStemTerms = (one: string): string[] => [...(knownStems.get(one) ?? [])].flatMap(([language, stem]) => (stem === null ? [] : [stemTerm(language, stem)]));

/** What learners think of a course, from the module that keeps their reviews. `average` is null when there are none. */
export async function setCourseRating(tx: Tx, courseId: string, { count, average }: { count: number; average: number | null }): Promise<void> {
  await tx.updateTable('catalog.course').set({ ratingCount: count, ratingAverage: average }).where('id', '=', courseId).execute();
}
