/** How words are compared in a search: as people type them, in Spanish, Arabic, English and what else the catalogue is written in. */

/** Case, accents, Arabic vowel signs, letter variants and digits fall together; ñ is a letter of its own. */
export function normalize(text: string): string {
  return text.normalize('NFKD').toLowerCase().normalize('NFKD')
    .replace(/n\u0303/g, 'ñ')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/[ٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ک/g, 'ك')
    .replace(/ة/g, 'ه')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** Letters and digits of any script, and the signs by which C++ and C# differ from C. Apostrophes keep a word together. */
const word = /[\p{L}\p{N}]+(?:\+\+|#)?/gu;
const longestWord = 40;

/** The words of a text, normalized, in order. */
export const wordsOf = (text: string): string[] => (normalize(text.replace(/['’]/g, '')).match(word) ?? []).map((each) => each.slice(0, longestWord));

/** Who has no ñ on the keyboard types n; who types ñ means it. */
export const spellings = (one: string): string[] => (one.includes('ñ') ? [one, one.replaceAll('ñ', 'n')] : [one]);

/** The stemmers of PostgreSQL by language. */
const stemmers = { es: 'spanish_stem', en: 'english_stem', ar: 'arabic_stem', fr: 'french_stem', pt: 'portuguese_stem', it: 'italian_stem', de: 'german_stem' } as const;
export type StemmedLanguage = keyof typeof stemmers;
export const stemmedLanguages = Object.keys(stemmers) as StemmedLanguage[];

/** The language of words in which a course may be stemmed; null where nobody knows how. */
export const stemmedLanguage = (language: string): StemmedLanguage | null => stemmedLanguages.find((one) => one === language.split('-')[0]) ?? null;

export interface StemForm { word: string; language: StemmedLanguage; stemmer: string; form: string }

/**
 * A word as the stemmer of a language wants it. Spanish: -cion is -ción, or "educacion" and "educaciones" have nothing in common. Arabic: the article is put
 * before every word, so that a root's own first letter is not taken for a preposition, and a final ه is what careless typing makes of ة.
 */
export function stemForm(one: string, language: StemmedLanguage): StemForm {
  return { word: one, language, stemmer: stemmers[language], form: formOf() };

  function formOf(): string {
    if (language === 'es') return one.replace(/([cs])ion$/, '$1ión');
    if (language === 'ar') return `ال${one.replace(/^(?:[وفبكل]?ال|لل)(?=.{3})/, '').replace(/ه$/, 'ة')}`;
    return one;
  }
}

/** Whether a word can be of the language at all: no Arabic word is written in Latin letters, and the other way round. */
export const mayBe = (one: string, language: StemmedLanguage): boolean => /\p{Script=Arabic}/u.test(one) === (language === 'ar');

/** Little words that say nothing about a course. The stemmers know those of the other languages. */
const arabicStopWords = new Set('في من على الى عن مع هذا هذه ذلك تلك التي الذي هو هي كل او ثم ما لا ان و يا كيف بعد قبل بين عند'.split(' '));
export const isArabicStopWord = (one: string): boolean => arabicStopWords.has(one);

/** A term that stands for a stem; no word has a colon in it. */
export const stemTerm = (language: StemmedLanguage, stem: string): string => `${language}:${stem}`;

/** The pieces of three letters of a word, its ends marked. */
export function gramsOf(one: string): string[] {
  const letters = [...`^${one}$`];
  return [...new Set(letters.slice(2).map((_, index) => letters.slice(index, index + 3).join('')))];
}

/** How many letters differ, are missing, too many or swapped with their neighbour; `beyond` + 1 when it is more than that. */
export function distance(a: string, b: string, beyond: number): number {
  const [from, to] = [[...a], [...b]];
  if (Math.abs(from.length - to.length) > beyond) return beyond + 1;
  let before: number[] = [];
  let above = to.map((_, index) => index).concat(to.length);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1;
      row[j] = Math.min(row[j - 1]! + 1, above[j]! + 1, above[j - 1]! + change);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    if (Math.min(...row) > beyond) return beyond + 1;
    [before, above] = [above, row];
  }
  return Math.min(above[to.length]!, beyond + 1);
}

/** How many letters may be wrong in a word: none in short ones, which are mostly some other word then. */
export const tolerance = (one: string): number => (one.length < 4 ? 0 : one.length < 7 ? 1 : 2);

/** The candidates that are nearest to what was typed, as words or, where it may be unfinished, as its beginnings; at most three. */
export function nearest(typed: string, candidates: readonly string[], unfinished: boolean): string[] {
  const most = tolerance(typed);
  const beginnings = (candidate: string) => [0, 1].filter((more) => unfinished && candidate.length > typed.length + more).map((more) => distance(typed, candidate.slice(0, typed.length + more), most) + 0.5);
  const far = (candidate: string) => Math.min(distance(typed, candidate, most), ...beginnings(candidate));
  const ranked = candidates.map((candidate) => ({ candidate, far: far(candidate) })).filter((each) => each.far <= most);
  const least = Math.min(...ranked.map((each) => each.far));
  return ranked.filter((each) => each.far === least).slice(0, 3).map((each) => each.candidate);
}

/** What each place of a course weighs when a word is found in it. */
export const weights = { title: 100, tag: 60, summary: 30, outline: 12, text: 4 } as const;
/** Of the lessons' text, only the words that are used most are kept: a whole course has thousands. */
export const textWords = 200;

/** The words of a text that are used most. */
export function frequentWords(text: string, most: number): string[] {
  const counts = new Map<string, number>();
  for (const one of wordsOf(text)) if (one.length > 2) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, most).map(([one]) => one);
}

/** HTML as the words that readers see. */
export const plainText = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/&[a-z]+;|&#\d+;/gi, ' ');

/** Where `isFound` words stand in a text, as half-open ranges of UTF-16 units, for whoever shows them. */
export function marksIn(text: string, isFound: (normalized: string) => boolean): [start: number, end: number][] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}\u0640'’]*(?:\+\+|#)?/gu)]
    .filter(([match]) => wordsOf(match).some(isFound))
    .map((match) => [match.index, match.index + match[0].length]);
}
