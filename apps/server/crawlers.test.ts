import { createTestBed, type TestBed } from '@milpa/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerCrawlers } from './crawlers.ts';

let bed: TestBed;
beforeAll(async () => { bed = await createTestBed({ prepare: registerCrawlers }); });
afterAll(() => bed.close());

test('search engines see published courses in all languages, and no drafts', async () => {
  const here = await bed.tenant('academy');
  const { client } = await here.person('instructor');
  const { body: course } = await client.post('courses', { title: 'Agua & sol', language: 'es-MX', summary: 'Para todos.' });
  const { body: module } = await client.post(`courses/${course.id}/modules`, { title: 'Uno' });
  await client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: 'Primera', bodyHtml: '<p>Texto</p>' });
  const page = async () => (await here.visitor.get('/sitemap-1.xml')).text;
  expect(await page()).not.toContain(course.slug);
  await client.post(`courses/${course.id}/publish`);
  const index = await here.visitor.get('/sitemap.xml');
  expect(index.headers['content-type']).toContain('application/xml');
  expect(index.text).toContain(`<loc>http://${here.host}/sitemap-1.xml</loc>`);
  expect(await page()).toContain(`<loc>http://${here.host}/courses/${course.slug}</loc>`);
  for (const lang of ['en', 'es-MX', 'ar']) expect(await page()).toContain(`hreflang="${lang}" href="http://${here.host}/courses/${course.slug}?lang=${lang}"`);
  expect((await here.visitor.get('/sitemap-2.xml')).status).toBe(404);
  const robots = (await here.visitor.get('/robots.txt')).text;
  expect(robots).toContain('Disallow: /sign-in');
  expect(robots).toContain(`Sitemap: http://${here.host}/sitemap.xml`);
});

test('an organisation that shows its courses to nobody is shown to no search engine, whoever asks', async () => {
  const here = await bed.tenant('school');
  const { client } = await here.person('admin');
  for (const asking of [here.visitor, client, bed.client('nobody.milpa.test')]) {
    expect((await asking.get('/robots.txt')).text).toBe('User-agent: *\nDisallow: /\n');
    expect((await asking.get('/sitemap.xml')).status).toBe(404);
  }
});
