/** What the journeys share: the bed with its hooks, the words that people see, people, and a course to take. */
import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVerifiedAccount, makeOperator } from '@milpa/identity';
import type { Locale } from '@milpa/kernel/contract';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { manifest, item, module, resource } from '../../modules/interop/package/testing/cartridge.ts';
import { entriesOf, zip } from '../../modules/interop/package/testing/zip.ts';
import { createBrowserBed, type BrowserBed } from '../../packages/testkit/browser.ts';
import { baseHost, testPassword, type Client, type Person, type TestTenant } from '../../packages/testkit/index.ts';

export const root = join(import.meta.dirname, '../..');

/** Journeys are long, and machines may be slow. */
export const patience = 120_000;

/** A bed for the whole file. After each test its windows are closed, and what went wrong in them fails it. */
export function journeyBed(): () => BrowserBed {
  let bed: BrowserBed | undefined;
  beforeAll(async () => { bed = await createBrowserBed(); }, patience);
  afterEach(async () => {
    await bed?.leave();
    expect(bed?.takeComplaints() ?? [], 'errors, failed loads and breaches of the content policy in the windows of this test').toEqual([]);
  });
  afterAll(() => bed?.close());
  return () => {
    if (!bed) throw new Error('The bed is there only while tests run.');
    return bed;
  };
}

const catalogues = new Map<Locale, Record<string, string>>();

/** What the screens say, from their catalogues; `{name}` is filled in, and messages with plurals are not for this. */
export function say(locale: Locale, key: string, values: Record<string, string> = {}): string {
  let catalogue = catalogues.get(locale);
  if (!catalogue) {
    catalogue = Object.assign({}, ...globSync(`apps/web/app/*/messages/${locale}.json`, { cwd: root }).map((file) => JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, string>));
    catalogues.set(locale, catalogue!);
  }
  const message = catalogue![key];
  if (message === undefined) throw new Error(`No screen says ${key} in ${locale}.`);
  return message.replace(/<\/?\w+>/g, '').replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** The language of a page, and its direction. */
export const languageOf = (page: Page): Promise<string[]> => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);

/** Somebody with a confirmed account who runs the installation. */
export async function operatorOf(bed: BrowserBed): Promise<{ email: string }> {
  const email = `operator-${randomUUID()}@example.test`;
  const { accountId } = await createVerifiedAccount(bed.application.auth, { email, name: 'Demo Operator', password: testPassword, locale: 'en' });
  await makeOperator(bed.application.database, accountId);
  return { email };
}

/** Signs in on the sign-in screen that stands open. */
export async function signInHere(page: Page, locale: Locale, email: string): Promise<void> {
  await page.getByLabel(say(locale, 'identity.field.email')).fill(email);
  await page.locator('input[name=password]').fill(testPassword);
  await page.getByRole('button', { name: say(locale, 'identity.signIn.enter'), exact: true }).click();
}

/** The address of a page to which a mail to somebody leads, as the page for reading mail shows it; jobs send it first. */
export async function linkInMail(bed: BrowserBed, email: string, to: '/invitation' | '/verify-email'): Promise<string> {
  await bed.runJobs();
  const { text } = await bed.client(baseHost).get(`/dev/mail?to=${encodeURIComponent(email)}`);
  const links = [...text.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&#38;', '&'));
  const link = links.find((each) => new URL(each).pathname === to);
  if (!link) throw new Error(`No mail that leads to ${to} went to ${email}; links in mails to them: ${links.join(', ') || 'none'}`);
  return link;
}

export async function made<T = any>(answer: Promise<{ status: number; body: T; text: string }>): Promise<T> {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`The scene could not be set: ${status} ${text}`);
  return body;
}

/** Fills whatever is smallest to be a picture, 1 by 1. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A cartridge with two modules, three pages, a picture, a file, and a quiz that has to be dropped. */
export function cartridge(title: string): Buffer {
  return zip(entriesOf({
    'imsmanifest.xml': manifest(
      module('Soil', item('What soil is made of', 'soil'), item('Feel it', 'feel')) + module('Water', item('How water moves', 'water'), item('A sheet to print', 'sheet'), item('Try yourself', 'quiz')),
      resource('soil', 'webcontent', 'soil.html') + resource('feel', 'webcontent', 'feel.html') + resource('water', 'webcontent', 'water.html') + resource('sheet', 'webcontent', 'sheet.pdf')
        + resource('picture', 'webcontent', 'dot.png') + resource('quiz', 'imsqti_xmlv1p2/imscc_xmlv1p1/assessment', 'quiz.xml'),
      { metadata: `<lomimscc:lom><lomimscc:general><lomimscc:title><lomimscc:string language="en">${title}</lomimscc:string></lomimscc:title></lomimscc:general></lomimscc:lom>` },
    ),
    'soil.html': '<html><head><title>What soil is made of</title></head><body><h2>Sand, silt and clay</h2><p>A handful of soil is minerals, air, water and what once lived.</p><p><img src="dot.png" alt="A grain of sand"></p><script>document.title = "stolen"</script></body></html>',
    'feel.html': '<html><head><title>Feel it</title></head><body><p>Wet it and roll it: clay makes a thread, sand falls apart.</p><table><tr><th>Soil</th><th>Thread</th></tr><tr><td>Clay</td><td>long</td></tr></table></body></html>',
    'water.html': '<html><head><title>How water moves</title></head><body><p>Through sand it runs, in clay it stays.</p></body></html>',
    'sheet.pdf': '%PDF-1.4\n%%EOF', 'dot.png': png,
    'quiz.xml': '<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="q" title="Try yourself"/></questestinterop>',
  }));
}

/** A published course of a tenant, imported from `cartridge`. */
export async function publishedCourse(bed: BrowserBed, { client }: { client: Client }, title: string): Promise<{ id: string; slug: string; importId: string; lessons: { id: string; title: string }[] }> {
  const { id: importId } = await made(client.ask('course-imports?name=course.imscc', { method: 'POST', raw: cartridge(title), headers: { 'content-type': 'application/zip' } }));
  await bed.runJobs();
  const { course } = await made(client.get(`course-imports/${importId}`));
  await made(client.post(`courses/${course.id}/publish`));
  const { modules } = await made(client.get(`courses/${course.id}/outline`));
  return { id: course.id, slug: course.slug, importId, lessons: modules.flatMap((each: { lessons: { id: string; title: string }[] }) => each.lessons) };
}

export type { BrowserBed, Client, Person, TestTenant };
