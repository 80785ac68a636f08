/** What a browser is told to refuse, and that it does. */
import { expect, it } from 'vitest';
import { entriesOf, zip } from '../../modules/interop/package/testing/zip.ts';
import { journeyBed, made, operatorOf, patience, publishedCourse, say, signInHere } from './support.ts';

const bed = journeyBed();

it('sends a policy without unsafe-inline and a ban on frames with every page', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const person = await tenant.person('admin', 'instructor', 'learner');
  const course = await publishedCourse(here, person, 'Soil and water');
  await made(person.client.post(`courses/${course.id}/enrollments`));
  const { signIn, page, expectComplaint } = await here.visitor();
  expectComplaint(/status of 404/);
  const pages = ['/sign-in', '/sign-up', '/forgot-password', '/courses', `/courses/${course.slug}`, '/about', '/nowhere', '/learning', `/learn/${course.slug}`, '/teaching', '/imports', '/admin', '/admin/settings', '/account'];
  const nonces = new Set<string>();
  for (const path of pages) {
    if (path === '/learning') await signIn(tenant.host, person.email);
    const answer = await page.goto(here.origin(tenant.host) + path);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy, path).toMatch(/script-src 'self' 'nonce-[^']+'/);
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toMatch(/unsafe-|\*/);
    expect(answer?.headers()['x-content-type-options'], path).toBe('nosniff');
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
  }
  expect(nonces.size, 'each page has a nonce of its own').toBe(pages.length);
}, patience);

it('gives sessions cookies that no script reads and no other site sends', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const person = await tenant.person('learner');
  const { go, page, context } = await here.visitor();
  await go(`${here.origin(tenant.host)}/sign-in`);
  await signInHere(page, 'en', person.email);
  await page.waitForURL('**/learning');
  const cookies = await context.cookies();
  expect(cookies.length).toBeGreaterThan(0);
  for (const { name, httpOnly, sameSite, domain } of cookies) expect({ name, httpOnly, sameSite, domain }).toEqual({ name, httpOnly: true, sameSite: expect.stringMatching(/Lax|Strict/), domain: tenant.host });
  expect(await page.evaluate(() => document.cookie)).toBe('');
}, patience);

it('refuses a form that another port of the same host posts, and one of another site', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const person = await tenant.person('admin');
  const { page, signIn, expectComplaint } = await here.visitor();
  expectComplaint(/status of 4\d\d/);
  await signIn(tenant.host, person.email);
  const forms = [['/account', 'application/x-www-form-urlencoded'], ['/sign-out', 'application/x-www-form-urlencoded'], ['/api/v1/categories', 'text/plain']] as const;
  // The first two are the same site to a browser, so the session's cookie goes along. From the third it does not, but the answer could still take it away.
  for (const evil of [`http://${tenant.host}:4999`, 'http://evil.milpa.test:4999', 'http://evil.example']) {
    for (const [path, enctype] of forms) {
      const body = `<!doctype html><link rel="icon" href="data:,"><form method="post" action="${here.origin(tenant.host)}${path}" enctype="${enctype}"><input name="name" value="Stolen"></form>`;
      await page.route(`${evil}/**`, (route) => route.fulfill({ contentType: 'text/html', body }));
      await page.goto(`${evil}/`);
      const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), page.evaluate(() => document.forms[0]?.submit())]);
      expect(answer.status(), `${evil} posts to ${path}`).toBe(403);
      await page.unroute(`${evil}/**`);
    }
  }
  await page.goto(`${here.origin(tenant.host)}/account`);
  expect(new URL(page.url()).pathname, 'still signed in').toBe('/account');
  expect(await page.locator('input[name=name]').inputValue()).not.toBe('Stolen');
}, patience);

it('runs no script of a course’s files or texts', async () => {
  const here = bed();
  const tenant = await here.tenant();
  const teacher = await tenant.person('instructor');
  const attack = 'document.title = "stolen"; fetch("/api/v1/account")';
  const raw = zip(entriesOf({
    'course.md': '---\ntitle: Hostile\nlanguage: en\n---\nA course.', '01-one/module.md': '---\ntitle: One\n---\n',
    '01-one/01-lesson.md': `---\ntitle: Lesson\nattachments: [page.html, picture.svg]\n---\nText <img src="x" onerror='${attack}'> <script>${attack}</script> [link](javascript:alert(1))\n\n![picture](picture.svg)\n`,
    '01-one/page.html': `<!doctype html><title>page</title><body onload='${attack}'><script>${attack}</script>`,
    '01-one/picture.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload='${attack}'><title>picture</title><script>${attack}</script></svg>`,
  }));
  const { id } = await made(teacher.client.ask('course-imports?name=hostile.zip', { method: 'POST', raw, headers: { 'content-type': 'application/zip' } }));
  await here.runJobs();
  const { course, report } = await made(teacher.client.get(`course-imports/${id}`));
  expect(course, JSON.stringify(report)).toBeTruthy();
  const { modules: [{ lessons: [lesson] }] } = await made(teacher.client.get(`courses/${course.id}/outline`));

  const { page, go, signIn, expectComplaint, context } = await here.visitor();
  await signIn(tenant.host, teacher.email);
  const stolen: string[] = [];
  context.on('request', (request) => { if (request.url().endsWith('/api/v1/account')) stolen.push(request.url()); });
  await go(`${here.origin(tenant.host)}/learn/${course.slug}/${lesson.id}`);
  await page.getByRole('heading', { level: 1, name: 'Lesson' }).waitFor();
  expect(await page.title()).toContain('Lesson');
  expect(await page.locator('article script, article [onerror], article [onload], article a[href^="javascript:"]').count(), 'scripts in the lesson').toBe(0);

  const { rows } = await here.owner.query<{ id: string; name: string; media_type: string }>('select f.id, f.name, f.media_type from media.file f where f.tenant_id = $1', [tenant.tenant.id]);
  expect(rows.map(({ name }) => name).sort()).toEqual(['page.html', 'picture.svg']);
  // The browser says so when it blocks a script of a sandboxed file.
  expectComplaint(/sandboxed|Content Security Policy/i);
  for (const file of rows) {
    const path = `${here.origin(tenant.host)}/api/v1/courses/${course.id}/files/${file.id}`;
    const headers = await page.evaluate(async (url) => Object.fromEntries((await fetch(url)).headers), path);
    expect(headers['content-security-policy'], file.name).toContain('sandbox');
    expect(headers['x-content-type-options'], file.name).toBe('nosniff');
    if (file.name.endsWith('.html')) expect(headers['content-disposition'], file.name).toMatch(/^attachment/);
    else {
      const tab = await context.newPage();
      await tab.goto(path);
      expect(await tab.title(), file.name).not.toBe('stolen');
      await tab.close();
    }
  }
  expect(stolen, 'requests that a hostile file made').toEqual([]);
}, patience);

it('shows an operator’s page to no frame', async () => {
  const here = bed();
  const operator = await here.visitor();
  await operator.go(`${here.origin()}/sign-in`);
  await signInHere(operator.page, 'en', (await operatorOf(here)).email);
  await operator.page.waitForURL('**/operator');
  operator.expectComplaint(/frame-ancestors|Refused to (display|frame)|Framing/i);
  await operator.page.route('http://frames.milpa.test:4999/**', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>frames</title><iframe src="${here.origin()}/operator"></iframe>` }));
  await operator.page.goto('http://frames.milpa.test:4999/');
  const shown = await operator.page.frames()[1]?.locator('body').innerText().catch(() => '');
  expect(shown).not.toContain(say('en', 'tenancy.operator.title'));
}, patience);
