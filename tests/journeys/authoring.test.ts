/** A day of an author: writing, ordering, a colleague at the same lesson, a connection that goes away. Nothing that was typed is lost. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Visitor } from '../../packages/testkit/browser.ts';
import { journeyBed, made, patience, png, say } from './support.ts';

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
  return { client, course, knife, path, sit, source, outline, manage: `${here.origin(tenant.host)}/teaching/${course.id}` };
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
  await page.locator('input[name=name]').first().fill('A sheet to print');
  await page.locator('input[name=name]').first().blur();
  await expect.poll(async () => (await files())[0], within).toBe('A sheet to print');
  await page.getByRole('button', { name: say('en', 'authoring.files.remove', { name: first }) }).click();
  await expect.poll(files, within).toEqual(['A sheet to print']);
}, patience);
