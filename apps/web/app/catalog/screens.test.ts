import { describe, expect, test } from 'vitest';
import { course, enrollment, learner, modules, refuse, visit, type Answers } from './screens.fixture.ts';

const facets = {
  total: 31, category: [], level: [{ value: 'beginner', count: 20 }, { value: 'all', count: 11 }], language: [{ value: 'en', count: 31 }],
  price: [{ value: 'free', count: 9 }, { value: '5000-20000', count: 7 }], duration: [], rating: [{ value: 4.5, count: 3 }, { value: 4, count: 8 }],
};
const catalogue: Answers = {
  'catalog.listCourses': ({ query }) => ({ data: query['q'] ? [] : [course], page: { next: 'more' }, search: query['q'] ? { corrected: null, some: false } : null }),
  'catalog.countCourseFacets': () => facets,
  'catalog.listRelatedCourses': () => ({ data: [] }),
  'catalog.listCategories': () => ({ data: [] }),
  'catalog.getCourse': () => course,
  'learning.getMyCourse': () => course,
  'catalog.getOutline': () => ({ modules }),
  'learning.getPlayer': refuse(403, 'learning.not_enrolled'),
  'learning.listReviews': () => ({ data: [], page: { next: null }, summary: { count: 0, average: null, distribution: [0, 0, 0, 0, 0] } }),
  'learning.listRecommendations': () => ({ data: [] }),
  'learning.listCohorts': () => ({ data: [] }),
};

describe('the catalogue', () => {
  test('shows courses, and the next page in its address', async () => {
    const { status, html } = await visit('/courses?level=all', { answers: catalogue });
    expect(status).toBe(200);
    expect(html).toContain('href="/courses/rain"');
    expect(html).toContain('href="/courses?level=all&amp;at=more"');
  });

  test('takes empty fields out of the address', async () => {
    expect(await visit('/courses?q=&level=beginner&sort=newest', { answers: catalogue })).toMatchObject({ status: 302, location: '/courses?level=beginner' });
  });

  test('counts what each filter leaves, and leads there in one way', async () => {
    const { html } = await visit('/courses?level=beginner', { answers: catalogue });
    expect(html).toContain('31 courses');
    expect(html).toMatch(/<a[^>]*href="\/courses"[^>]*aria-current="true"|<a[^>]*aria-current="true"[^>]*href="\/courses"/);
    expect(html).toContain('href="/courses?level=beginner&amp;price=5000-20000"');
    expect(html).toContain('MX$50.00 to MX$200.00');
    expect(html).toContain('href="/courses?level=beginner&amp;rating=4.5"');
    expect(html).toContain('<link rel="canonical" href="http://demo.localhost/courses?level=beginner"/>');
  });

  test('says by which words it found, and marks them safely', async () => {
    const found = { ...course, title: 'Rain & <b>snow</b>', marks: { title: [[0, 4]], summary: [] } };
    const answers = { ...catalogue, 'catalog.listCourses': () => ({ data: [found], page: { next: null }, search: { corrected: 'rain', some: false } }) };
    const { html } = await visit('/courses?q=rian', { answers });
    expect(html).toMatch(/<mark[^>]*>Rain<\/mark> &amp; &lt;b&gt;snow/);
    expect(html).toContain('These courses match “rain”.');
    expect(html).toContain('<meta name="robots" content="noindex, follow"/>');
  });

  test('calls free what is free where courses are for sale, and nowhere else; a price always shows', async () => {
    const priced = { ...course, id: course.id.replace(/.$/, '9'), slug: 'sold', price: { amount: 45000, currency: 'MXN' } };
    const answers = { ...catalogue, 'catalog.listCourses': () => ({ data: [course, priced], page: { next: null }, search: null }), 'catalog.countCourseFacets': () => ({ ...facets, price: [{ value: 'free', count: 31 }] }) };
    for (const [coursePrices, free] of [[true, 1], [false, 0]] as const) {
      const { html } = await visit('/courses', { answers, features: { coursePrices } });
      expect(html.match(/>Free</g)?.length ?? 0, `prices ${coursePrices}`).toBe(free);
      expect(html).toContain('MX$450.00');
      const { html: page } = await visit('/courses/rain', { answers, features: { coursePrices } });
      expect(page.match(/>Free</g)?.length ?? 0, `a course, prices ${coursePrices}`).toBe(free);
    }
  });

  test('that finds nothing offers the way to everything', async () => {
    const { html } = await visit('/courses?q=snow', { answers: catalogue });
    expect(html).toContain('No course like that yet');
    expect(html).toContain('href="/courses"');
  });
});

describe('a course', () => {
  test('leads a visitor to sign in and back', async () => {
    const { html, called } = await visit('/courses/rain', { answers: catalogue });
    expect(html).toContain('href="/sign-in?next=%2Fcourses%2Frain"');
    expect(html).toContain('<meta property="og:title" content="Rain at home"/>');
    expect(called).not.toContain('learning.getPlayer');
  });

  test('tells search engines what it is, in all languages, and ends no script early', async () => {
    const rated = { ...course, title: 'Rain </script>', rating: { count: 12, average: 4.58 }, price: { amount: 45000, currency: 'MXN' } };
    const { html } = await visit('/courses/rain?lang=ar', { answers: { ...catalogue, 'catalog.getCourse': () => rated } });
    const [about, way] = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)![1]!);
    expect(about).toMatchObject({ '@type': 'Course', name: 'Rain </script>', offers: { price: '450.00', priceCurrency: 'MXN' }, aggregateRating: { ratingValue: 4.58, ratingCount: 12 } });
    expect(way.itemListElement.map((item: { item: string }) => item.item)).toEqual(['http://demo.localhost/courses', 'http://demo.localhost/courses/rain?lang=ar']);
    for (const lang of ['en', 'es-MX', 'ar']) expect(html).toContain(`hrefLang="${lang}" href="http://demo.localhost/courses/rain?lang=${lang}"`);
    expect(html).toContain('<link rel="canonical" href="http://demo.localhost/courses/rain?lang=ar"/>');
  });

  test('lets a learner enrol, and begins', async () => {
    expect((await visit('/courses/rain', { answers: catalogue, permissions: learner })).html).toContain('name="courseId"');
    const enrolled = await visit('/courses/rain', { answers: { 'learning.enroll': () => enrollment }, permissions: learner, form: { courseId: course.id } });
    expect(enrolled).toMatchObject({ status: 303, location: '/learn/rain' });
  });

  test('goes on for who is enrolled, who sees what is done', async () => {
    const [module] = modules;
    const player = { enrollment, modules: [{ ...module, completedLessons: 1, lessons: module!.lessons.map((lesson, index) => ({ ...lesson, completed: index === 0 })) }] };
    const { html, called } = await visit('/courses/rain', { answers: { ...catalogue, 'learning.getPlayer': () => player }, permissions: learner });
    expect(html).toContain('1 of 2 lessons done');
    expect(html.match(/data-state="done".*?<bdi[^>]*>([^<]*)/)?.[1]).toBe('How much rain');
    expect(html.match(/data-state="done"/g)).toHaveLength(1);
    expect(called).not.toContain('catalog.getOutline');
    expect(html).toContain('href="/learn/rain"');
  });

  test('with a price is not offered for nothing', async () => {
    const paid = { ...catalogue, 'learning.getMyCourse': () => ({ ...course, price: { amount: 45000, currency: 'MXN' } }) };
    const { html } = await visit('/courses/rain', { answers: paid, permissions: learner });
    expect(html).not.toContain('name="courseId"');
    expect(html).toContain('cannot be bought online yet');
  });
});
