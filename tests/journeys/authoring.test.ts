/** A day of an author: writing, ordering, a colleague at the same lesson, a connection that goes away. Nothing that was typed is lost. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Visitor } from '../../packages/testkit/browser.ts';
import { journeyBed, made, patience, png, say, signInHere } from './support.ts';

const bed = journeyBed();
const within = { timeout: 15_000 };
const saved = new RegExp(say('en', 'authoring.save.savedAt', { time: '.+' }));

/** A course of two modules, and its author at the screen of a lesson. */
async function atDesk(bodyHtml = '<p>Sharp and clean.</p>') {
  const here = bed();
  const tenant = await here.tenant();
  const teacher = await tenant.person('instructor');
  const { client } = teacher;
  const course = await made(client.post('courses', { title: 'Grafting', language: 'en' }));
  const add = async (module: string, ...lessons: string[]) => {
    const { id } = await made(client.post(`courses/${course.id}/modules`, { title: module }));
    const ids: string[] = [];
    for (const title of lessons) ids.push((await made(client.post(`courses/${course.id}/modules/${id}/lessons`, { title, bodyHtml }))).id);
    return ids;
  };
  const [knife = ''] = await add('Tools', 'Knife', 'Saw');
  await add('Cuts', 'Whip');
  const path = `${here.origin(tenant.host)}/teaching/${course.id}/lessons/${knife}`;
  const sit = async (options: BrowserContextOptions = {}): Promise<Visitor> => {
    const visitor = await here.visitor(options);
    await visitor.signIn(tenant.host, teacher.email);
    await visitor.go(path);
    if (options.javaScriptEnabled !== false) await textOf(visitor.page).waitFor();
    return visitor;
  };
  const source = async () => (await made(client.get(`courses/${course.id}/lessons/${knife}/source`))).bodyHtml as string;
  const outline = async () => (await made(client.get(`courses/${course.id}/draft`))).modules.map((module: { title: string; lessons: { title: string }[] }) => `${module.title}: ${module.lessons.map(({ title }) => title).join(', ')}`);
  return { tenant, teacher, client, course, knife, path, sit, source, outline, manage: `${here.origin(tenant.host)}/teaching/${course.id}` };
}

const textOf = (page: Page) => page.getByRole('textbox', { name: say('en', 'authoring.lesson.text') });
/** Goes on writing at the end. */
async function write(page: Page, text: string): Promise<void> {
  await textOf(page).focus();
  await page.keyboard.press('Control+End');
  // The editor hears of a new place of the cursor a moment after the browser.
  await page.evaluate(() => new Promise((heard) => { setTimeout(heard, 50); }));
  await page.keyboard.type(text);
}
/** Inserts a block by its name, as `/` does. */
async function insert(page: Page, tool: string): Promise<void> {
  const name = say('en', `authoring.tool.${tool}`);
  await page.keyboard.type(`/${name.toLowerCase().split(' ')[0]}`);
  await page.getByRole('option', { name }).waitFor();
  await page.keyboard.press('Enter');
}

it('writes a lesson with a picture, a table, an equation and a callout, and it is saved as it was written', async () => {
  const { sit, source, course } = await atDesk();
  const { page } = await sit();
  await write(page, '\n');
  await insert(page, 'tip');
  await page.keyboard.type('Water early.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');

  await insert(page, 'picture');
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'knife.png', mimeType: 'image/png', buffer: png });
  await dialog.locator('img').waitFor();
  await dialog.getByRole('button', { name: say('en', 'authoring.add'), exact: true }).click();
  await dialog.getByText(say('en', 'authoring.picture.altMissing')).waitFor();
  await dialog.getByLabel(say('en', 'authoring.picture.alt')).fill('A folding knife');
  await dialog.getByRole('button', { name: say('en', 'authoring.add'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });

  await write(page, '');
  await insert(page, 'table');
  await page.keyboard.type('Tool');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Use');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Care');
  await page.getByRole('button', { name: say('en', 'authoring.table.rowAfter') }).click();

  await write(page, '');
  await insert(page, 'equation');
  await dialog.getByLabel(say('en', 'authoring.equation.tex')).fill('\\frac{a}{b}');
  await dialog.locator('math mfrac').waitFor();
  await dialog.getByRole('button', { name: say('en', 'authoring.add'), exact: true }).click();
  await page.locator('.editor-text math mfrac').waitFor();
  await page.getByText(saved).waitFor();

  const html = await source();
  expect(html).toMatch(/^<p>Sharp and clean\.<\/p><blockquote data-kind="tip"><p>Water early\.<\/p><\/blockquote>/);
  expect(html).toMatch(new RegExp(`<figure><img src="/api/v1/courses/${course.id}/files/[0-9a-f-]{36}" alt="A folding knife"[^>]*></figure>`));
  expect(html).toMatch(/<thead><tr><th scope="col">Tool<\/th><th scope="col">Use<\/th>/);
  expect(html.match(/<tr>/g)).toHaveLength(4);
  expect(html).toContain('<div data-kind="math" dir="ltr">\\frac{a}{b}</div>');

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: where }) => where.slice(0, 160)).join(' ')}`)).toEqual([]);
  await page.goto(page.url());
  await page.locator('.editor-text math mfrac').waitFor();
}, patience);

it('moves a lesson by keyboard into another module, says where it is, and takes the step back', async () => {
  const { sit, outline, manage } = await atDesk();
  const { page, go } = await sit();
  await go(manage);
  const handle = page.getByRole('button', { name: say('en', 'authoring.drag.handle', { title: 'Saw' }) });
  await handle.focus();
  await expect.poll(async () => { await handle.press('Space'); return handle.getAttribute('aria-pressed'); }, within).toBe('true');
  await handle.press('ArrowDown');
  await page.getByRole('status').filter({ hasText: 'in “Cuts”' }).waitFor({ state: 'attached' });
  expect(await handle.evaluate((element) => element === document.activeElement), 'the hand stays on what it holds').toBe(true);
  await handle.press('ArrowDown');
  await handle.press('Space');
  await expect.poll(outline, within).toEqual(['Tools: Knife', 'Cuts: Whip, Saw']);
  await page.keyboard.press('Control+z');
  await expect.poll(outline, within).toEqual(['Tools: Knife, Saw', 'Cuts: Whip']);

  // What is removed comes back too.
  await page.getByRole('listitem').filter({ hasText: 'Whip' }).locator('summary').click();
  await page.getByRole('listitem').filter({ hasText: 'Whip' }).getByRole('button', { name: say('en', 'authoring.remove'), exact: true }).click();
  await expect.poll(outline, within).toEqual(['Tools: Knife, Saw', 'Cuts: ']);
  await page.getByRole('button', { name: say('en', 'authoring.undo'), exact: true }).click();
  await expect.poll(outline, within).toEqual(['Tools: Knife, Saw', 'Cuts: Whip']);
}, patience);

it('two at one lesson: the second is told, sees both, and whichever is chosen the other is not lost', async () => {
  const { sit, source, client, course, knife } = await atDesk();
  const [first, second] = [await sit(), await sit()];
  for (const visitor of [first, second]) visitor.expectComplaint(/41[02]|409/);
  await write(first.page, ' From the first.');
  await first.page.getByText(saved).waitFor();
  await write(second.page, ' From the second.');
  await second.page.getByText(say('en', 'authoring.conflict.nothingLost')).waitFor();
  expect(await textOf(second.page).innerText(), 'what the second wrote is still there').toContain('From the second.');
  await second.page.getByRole('button', { name: say('en', 'authoring.conflict.compare') }).click();
  await second.page.getByRole('group', { name: say('en', 'authoring.compare.text') }).filter({ hasText: /From the .*first\./ }).waitFor();
  await second.page.getByRole('button', { name: say('en', 'authoring.conflict.keepMine') }).click();
  await second.page.getByText(saved).waitFor();
  expect(await source()).toBe('<p>Sharp and clean. From the second.</p>');
  const { data: revisions } = await made(client.get(`courses/${course.id}/lessons/${knife}/revisions`));
  const texts = await Promise.all(revisions.map(async ({ id }: { id: string }) => (await made(client.get(`courses/${course.id}/lessons/${knife}/revisions/${id}`))).bodyHtml as string));
  expect(texts.some((text) => text.includes('From the first.')), 'the text of the first is in the history').toBe(true);

  await write(first.page, ' Again.');
  await first.page.getByRole('button', { name: say('en', 'authoring.conflict.takeTheirs') }).click();
  await expect.poll(() => textOf(first.page).innerText(), within).toBe('Sharp and clean. From the second.');
  await first.page.getByRole('button', { name: say('en', 'authoring.conflict.mineAgain') }).click();
  await expect.poll(source, within).toBe('<p>Sharp and clean. From the first. Again.</p>');
}, patience);

it('without a connection the text stays on the device, goes out when it is back, and is offered after a crash', async () => {
  const { sit, source, path } = await atDesk();
  const visitor = await sit();
  visitor.expectComplaint(/ERR_INTERNET_DISCONNECTED/);
  await visitor.context.setOffline(true);
  await write(visitor.page, ' On the train.');
  await visitor.page.getByText(say('en', 'authoring.save.offline')).waitFor();
  expect(await source()).toBe('<p>Sharp and clean.</p>');
  await visitor.context.setOffline(false);
  await visitor.page.getByText(saved).waitFor();
  expect(await source()).toBe('<p>Sharp and clean. On the train.</p>');

  await visitor.context.setOffline(true);
  await write(visitor.page, ' In the tunnel.');
  await visitor.page.getByText(say('en', 'authoring.save.offline')).waitFor();
  const tab = await visitor.tab();
  await visitor.page.close();
  await visitor.context.setOffline(false);
  await tab.goto(path);
  await tab.getByRole('button', { name: say('en', 'authoring.found.use') }).click();
  await expect.poll(() => textOf(tab).innerText(), within).toBe('Sharp and clean. On the train. In the tunnel.');
  await expect.poll(source, within).toBe('<p>Sharp and clean. On the train. In the tunnel.</p>');
}, patience);

it('without scripts a lesson can be read, and its source changed in a form', async () => {
  const { sit, source } = await atDesk();
  const { page } = await sit({ javaScriptEnabled: false });
  await page.getByText('Sharp and clean.').first().waitFor();
  await page.getByRole('textbox', { name: say('en', 'authoring.source') }).fill('<p>By hand.</p>');
  await page.getByRole('button', { name: say('en', 'catalog.save'), exact: true }).click();
  await page.getByText(say('en', 'authoring.lesson.saved'), { exact: true }).waitFor();
  expect(await source()).toBe('<p>By hand.</p>');
}, patience);

it('takes several files beside a lesson, and lets them be renamed, ordered and taken away', async () => {
  const { sit, client, course, knife } = await atDesk();
  const { page } = await sit();
  const files = async () => (await made(client.get(`courses/${course.id}/lessons/${knife}/source`))).attachments.map(({ name }: { name: string }) => name);
  await page.locator('input[name=file]').setInputFiles(['one.txt', 'two.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })));
  await expect.poll(async () => (await files()).toSorted(), within).toEqual(['one.txt', 'two.txt']);
  const [first] = await files();
  await page.getByRole('button', { name: say('en', 'authoring.move.down', { title: first }) }).click();
  await expect.poll(async () => (await files())[1], within).toBe(first);
  await expect.poll(() => page.locator('input[name=name]').nth(1).inputValue(), within).toBe(first);
  await page.locator('input[name=name]').first().fill('A sheet to print');
  await page.locator('input[name=name]').first().blur();
  await expect.poll(async () => (await files())[0], within).toBe('A sheet to print');
  await page.getByRole('button', { name: say('en', 'authoring.files.remove', { name: first }) }).click();
  await expect.poll(files, within).toEqual(['A sheet to print']);
}, patience);

it('drags a lesson by the pointer into another module, and leaves it where it was when nothing moved', async () => {
  const { sit, outline, manage } = await atDesk();
  const { page, go } = await sit();
  await go(manage);
  const handle = page.getByRole('button', { name: say('en', 'authoring.drag.handle', { title: 'Saw' }) });
  const middleOf = async (title: string) => {
    const { x, y, width, height } = (await page.getByRole('button', { name: say('en', 'authoring.drag.handle', { title }) }).boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };
  // Nothing is in the hand before the scripts have come.
  const take = async () => {
    const { x, y } = await middleOf('Saw');
    await page.mouse.up();
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 8, { steps: 2 });
    return handle.getAttribute('aria-pressed');
  };
  await expect.poll(take, within).toBe('true');
  await page.mouse.move((await middleOf('Saw')).x, (await middleOf('Saw')).y);
  await page.mouse.up();
  expect(await outline()).toEqual(['Tools: Knife, Saw', 'Cuts: Whip']);

  await take();
  // Rows make room while it passes: it goes on to the lower half of the last one, wherever that is by then.
  const below = async () => {
    const { x, y } = await middleOf('Whip');
    await page.mouse.move(x, y + 10, { steps: 6 });
    return page.getByRole('status').filter({ hasText: 'in “Cuts”' }).innerText();
  };
  await expect.poll(below, within).toContain('lesson 2 of 2');
  expect(await outline(), 'while it is in the hand').toEqual(['Tools: Knife, Saw', 'Cuts: Whip']);
  await page.mouse.up();
  await expect.poll(outline, within).toEqual(['Tools: Knife', 'Cuts: Whip, Saw']);
  await page.getByRole('button', { name: say('en', 'authoring.undo'), exact: true }).click();
  await expect.poll(outline, within).toEqual(['Tools: Knife, Saw', 'Cuts: Whip']);
}, patience);

it('keeps the draft as a version, goes back to it, and what stood meanwhile is a version too', async () => {
  const { sit, source, client, course, knife, manage } = await atDesk();
  const { page, go } = await sit();
  await go(`${manage}/versions`);
  await page.getByText(say('en', 'authoring.versions.none')).waitFor();
  await page.getByLabel(say('en', 'authoring.versions.note')).fill('Before the frost');
  await page.getByRole('button', { name: say('en', 'authoring.versions.save'), exact: true }).click();
  await page.getByText(say('en', 'authoring.versions.saved')).waitFor();

  const { version } = await made(client.get(`courses/${course.id}/lessons/${knife}/source`));
  await made(client.patch(`courses/${course.id}/lessons/${knife}`, { bodyHtml: '<p>Dull and dirty.</p>' }, { 'if-match': `"${version}"` }));
  await go(`${manage}/versions`);
  await page.getByRole('listitem').filter({ hasText: 'Before the frost' }).getByRole('link', { name: say('en', 'authoring.versions.compare') }).click();
  await page.getByRole('heading', { level: 1, name: 'Version 1' }).waitFor();
  await page.getByRole('main').filter({ hasText: 'Knife' }).waitFor();
  await page.getByRole('button', { name: say('en', 'authoring.versions.restore') }).click();
  await page.getByText(say('en', 'authoring.note.restored')).waitFor();
  expect(await source()).toBe('<p>Sharp and clean.</p>');
  const { data: versions } = await made(client.get(`courses/${course.id}/versions`));
  expect(versions.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
}, patience);

it('a course that is looked at first is given back with a comment, asked for again, and published', async () => {
  const here = bed();
  const { tenant, teacher, manage, course } = await atDesk();
  await here.owner.query(`update tenancy_control.tenant set features = features || '{"courseReview": true}' where id = $1`, [tenant.tenant.id]);
  here.application.directory.forget();
  const [author, reviewer] = [await here.visitor(), await here.visitor()];
  await author.signIn(tenant.host, teacher.email);
  await reviewer.signIn(tenant.host, (await tenant.person('admin')).email);
  const ask = async () => {
    await author.go(`${manage}/publish`);
    await author.page.getByRole('button', { name: say('en', 'authoring.review.request') }).click();
    await author.page.getByText(say('en', 'authoring.note.requested')).waitFor();
  };
  const look = async () => {
    await reviewer.go(`${here.origin(tenant.host)}/teaching/reviews`);
    await reviewer.page.getByRole('link', { name: 'Grafting' }).click();
    await reviewer.page.waitForURL('**/publish');
  };
  const { page } = reviewer;
  await ask();
  await look();
  await page.getByLabel(say('en', 'authoring.review.comment')).fill('Say which knife.');
  await page.getByRole('button', { name: say('en', 'authoring.review.return'), exact: true }).click();
  await page.getByText(say('en', 'authoring.reviews.none')).waitFor();

  await author.go(`${manage}/publish`);
  await author.page.getByText('Say which knife.').waitFor();
  await ask();
  await look();
  await page.getByRole('button', { name: say('en', 'authoring.review.approve') }).click();
  await page.getByText(say('en', 'authoring.note.published')).waitFor();
  expect((await made(tenant.visitor.get(`courses/${course.id}`))).status).toBe('published');
}, patience);

it('a session that ends while one writes loses nothing: signed in again in another tab, the text goes out by itself', async () => {
  const { sit, source, tenant, teacher } = await atDesk();
  const visitor = await sit();
  visitor.expectComplaint(/401/);
  await visitor.context.clearCookies();
  await write(visitor.page, ' Written late.');
  await visitor.page.getByText(say('en', 'authoring.save.signedOut')).waitFor();
  await write(visitor.page, ' And later.');
  expect(await source()).toBe('<p>Sharp and clean.</p>');
  const tab = await visitor.tab();
  await tab.goto((await visitor.page.getByRole('link', { name: say('en', 'authoring.save.signIn') }).getAttribute('href').then((href) => new URL(href!, visitor.page.url()).href)));
  await signInHere(tab, 'en', teacher.email);
  await tab.waitForURL((url) => url.pathname !== '/sign-in');
  expect(new URL(tab.url()).host).toBe(tenant.host);
  // It is tried again every few seconds.
  await visitor.page.getByText(saved).waitFor({ timeout: 40_000 });
  expect(await source()).toBe('<p>Sharp and clean. Written late. And later.</p>');
}, patience);

it('what of the editor does not arrive says so, and is there when it is tried again', async () => {
  const { sit, source, path } = await atDesk();
  const visitor = await sit();
  const { page } = visitor;
  visitor.expectComplaint(/ERR_FAILED|dynamically imported module/);
  const again = page.getByRole('button', { name: say('en', 'authoring.tryAgain') });
  await page.route(/\/assets\/temml-/, (route) => route.abort());
  await write(page, '\n');
  await insert(page, 'equation');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(say('en', 'authoring.equation.tex')).fill('\\frac{a}{b}');
  await dialog.getByText(say('en', 'authoring.equation.unfetched')).waitFor();
  await page.unroute(/\/assets\/temml-/);
  await again.click();
  await dialog.locator('math mfrac').waitFor();
  await dialog.getByRole('button', { name: say('en', 'authoring.cancel') }).click();

  await page.route(/\/assets\/writer-.*js/, (route) => route.abort());
  await page.goto(path);
  await page.getByText(say('en', 'authoring.editor.failed')).waitFor();
  await page.getByRole('textbox', { name: say('en', 'authoring.source') }).fill('<p>Changed in the source.</p>');
  await expect.poll(source, within).toBe('<p>Changed in the source.</p>');
  await page.unroute(/\/assets\/writer-.*js/);
  await again.click();
  await expect.poll(() => textOf(page).innerText(), within).toContain('Changed in the source.');
}, patience);
