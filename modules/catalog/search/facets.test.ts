/** Counts of filters against a model that counts one course after the other, over everything that people can choose. */
import { systemActor, type Tenant } from '@milpa/kernel';
import { createTestBed, type TestBed } from '@milpa/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CourseFacets, CourseFilters } from './contract.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed(); });
afterAll(() => bed.close());

interface Planted { level: 'beginner' | 'intermediate' | 'advanced' | 'all'; language: string; price: number | null; minutes: number; rating: number | null; category: number | null; published: boolean; word: string }

const planted: fc.Arbitrary<Planted> = fc.record({
  level: fc.constantFrom('beginner', 'intermediate', 'advanced', 'all'), language: fc.constantFrom('es', 'es-MX', 'en', 'ar'), price: fc.option(fc.constantFrom(900, 5000, 20_000, 90_000)),
  minutes: fc.constantFrom(0, 59, 60, 239, 240, 959, 960, 4000), rating: fc.option(fc.constantFrom(1, 2.99, 3, 3.99, 4, 4.49, 4.5, 5)), category: fc.option(fc.nat(3)), published: fc.boolean(), word: fc.constantFrom('agua', 'suelo'),
});
const chosen = fc.record({
  q: fc.constantFrom('agua', 'suelo', undefined), level: fc.constantFrom('beginner', 'all', undefined), language: fc.constantFrom('es', 'en', undefined), price: fc.constantFrom('free', 'paid', '5000-20000', '20000-', undefined),
  duration: fc.constantFrom('short', 'medium', 'long', 'extended', undefined), rating: fc.constantFrom(3, 4, 4.5, undefined), category: fc.constantFrom('c0', 'c1', undefined),
});

/** 0 and 1 are roots; 2 lies in 0, 3 in 2. */
const parents = [null, null, 0, 2];
const inside = (category: number | null, above: number): boolean => category !== null && (category === above || inside(parents[category] ?? null, above));
const bands = { short: [0, 60], medium: [60, 240], long: [240, 960], extended: [960, Infinity] } as const;

type Choice = { [K in keyof CourseFilters]: CourseFilters[K] | undefined };
const passes = (course: Planted, { q, level, language, price, duration, rating, category }: Choice): boolean => course.published
  && (q === undefined || course.word === q)
  && (!level || course.level === level || course.level === 'all')
  && (!language || course.language.split('-')[0] === language)
  && (!price || (price === 'free' ? course.price === null : course.price !== null && (price === 'paid' || within(course.price, price))))
  && (!duration || (course.minutes >= bands[duration][0] && course.minutes < bands[duration][1]))
  && (!rating || (course.rating !== null && course.rating >= rating))
  && (!category || inside(course.category, Number(category.slice(1))));
function within(amount: number, range: string): boolean {
  const [from, below] = range.split('-');
  return amount >= Number(from) && (below === '' || amount < Number(below));
}

test('every count is what choosing it would show', async () => {
  const here = await bed.tenant();
  const tenant = here.tenant.id;
  const { rows: categories } = await bed.owner.query<{ id: string }>("insert into catalog.category (tenant_id, slug, name, position) select $1, 'c' || n, 'C' || n, n from generate_series(0, 3) n returning id", [tenant]);
  await bed.owner.query('update catalog.category set parent_id = $2 where tenant_id = $1 and id = $3', [tenant, categories[0]!.id, categories[2]!.id]);
  await bed.owner.query('update catalog.category set parent_id = $2 where tenant_id = $1 and id = $3', [tenant, categories[2]!.id, categories[3]!.id]);
  await fc.assert(fc.asyncProperty(fc.array(planted, { maxLength: 30 }), chosen, async (courses, choice) => {
    await plant(here.tenant, courses, categories.map(({ id }) => id));
    const query = new URLSearchParams(Object.entries(choice).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
    const facets: CourseFacets = (await here.visitor.get(`course-facets?${query}`)).body;
    const { data } = (await here.visitor.get(`courses?limit=100&${query}`)).body;
    const counted = (change: Choice) => courses.filter((course) => passes(course, { ...choice, ...change })).length;
    expect(facets.total).toBe(counted({}));
    expect(data).toHaveLength(facets.total);
    const counts = (facet: { value: unknown; count: number }[]) => Object.fromEntries(facet.map(({ value, count }) => [String(value), count]));
    const expected = (values: readonly (string | number)[], name: keyof Choice) => Object.fromEntries(values.map((value) => [String(value), counted({ [name]: value })] as const).filter(([, count]) => count > 0));
    expect(counts(facets.level)).toEqual(expected(['beginner', 'intermediate', 'advanced', 'all'], 'level'));
    expect(counts(facets.language)).toEqual(expected(['es', 'en', 'ar'], 'language'));
    expect(counts(facets.duration)).toEqual(expected(Object.keys(bands), 'duration'));
    expect(counts(facets.rating)).toEqual(expected([3, 4, 4.5], 'rating'));
    expect(counts(facets.price)).toEqual(expected(facets.price.map(({ value }) => value), 'price'));
    for (const value of ['free', 'paid']) expect(counts(facets.price)[value] ?? 0).toBe(counted({ price: value }));
    expect(Object.fromEntries(facets.category.map(({ id, count }) => [id, count]))).toEqual(
      Object.fromEntries(categories.map(({ id }, n) => [id, counted({ category: `c${n}` })] as const).filter(([, count]) => count > 0)));
  }), { numRuns: 40 });
}, 60_000);

/** The tenant's courses, and no others. */
async function plant(tenant: Tenant, courses: readonly Planted[], categories: readonly string[]): Promise<void> {
  await bed.application.database.withTenant(tenant, systemActor, async (tx) => {
    await tx.deleteFrom('catalog.course').execute();
    for (const [n, course] of courses.entries()) {
      const { id } = await tx.insertInto('catalog.course').values({
        slug: `course-${n}`, title: `Curso ${n}`, language: course.language, level: course.level, categoryId: course.category === null ? null : categories[course.category]!, durationMinutes: course.minutes,
        priceAmount: course.price, priceCurrency: course.price === null ? null : tenant.currency, ratingCount: course.rating === null ? 0 : 1, ratingAverage: course.rating,
        ownerMemberId: null, sourceDigest: null, publishedAt: null,
      }).returning('id').executeTakeFirstOrThrow();
      if (course.published) await publish(id, course.word);
    }

    async function publish(courseId: string, term: string): Promise<void> {
      const { id } = await tx.insertInto('catalog.courseVersion').values({
        courseId, number: 1, contentVersion: 1, details: JSON.stringify({}), outline: JSON.stringify({ requiredShare: 100, sequential: false, modules: [] }), lessonCount: 0, durationMinutes: 0, createdAt: tx.now.toISOString(), memberId: null, publishedAt: null,
      } as never).returning('id').executeTakeFirstOrThrow();
      await tx.updateTable('catalog.course').set({ status: 'published', publishedAt: tx.now.toISOString(), publishedVersionId: id }).where('id', '=', courseId).execute();
      await tx.insertInto('catalog.searchTerm').values({ courseId, term, weight: 1 }).execute();
    }
  });
}
