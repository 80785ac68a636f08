// What `npm run pictures` runs: takes the README's pictures of the product as it is now, in a data folder of its own.
// Names of pictures as arguments take those alone: `npm run pictures -- catalogue`.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { freePort } from '../apps/server/database/database.ts';
import { demoOperator, demoPassword } from '../apps/server/seed.ts';
import { item, manifest, module, resource } from '../modules/interop/package/testing/cartridge.ts';
import { entriesOf, zip } from '../modules/interop/package/testing/zip.ts';
import { root } from './run.ts';

interface Picture {
  name: string;
  /** the tenant's address; null for the installation's own */
  tenant: string | null;
  signIn?: string;
  look: BrowserContextOptions;
  /** where to go, or how to get there */
  show: string | ((page: Page, origin: string) => Promise<void>);
}

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 820 }, deviceScaleFactor: 1.5 };
const phone: BrowserContextOptions = { viewport: { width: 390, height: 800 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const pictures: Picture[] = [
  { name: 'catalogue', tenant: 'academy', look: { ...desktop, locale: 'es-MX' }, show: '/courses' },
  { name: 'course-dark', tenant: 'marketplace', look: { ...desktop, locale: 'en', colorScheme: 'dark' }, show: '/courses/write-clearly-at-work' },
  { name: 'player-phone-arabic', tenant: 'school', signIn: 'pupil@school.example', look: { ...phone, locale: 'ar' }, show: '/learn/الكسور-العشرية-والنسب' },
  { name: 'learner', tenant: 'academy', signIn: 'learner@academy.example', look: { ...desktop, locale: 'es-MX' }, show: '/learning' },
  { name: 'editor', tenant: 'marketplace', signIn: 'instructor@marketplace.example', look: { ...desktop, locale: 'en' }, show: openLesson },
  { name: 'import-report', tenant: 'marketplace', signIn: 'instructor@marketplace.example', look: { ...desktop, locale: 'en' }, show: importCartridge },
  { name: 'admin', tenant: 'association', signIn: 'admin@association.example', look: { ...desktop, locale: 'en' }, show: '/admin' },
  { name: 'operator', tenant: null, signIn: demoOperator, look: { ...desktop, locale: 'en' }, show: '/operator' },
];

/** A course with something to keep, to change and to drop. */
const cartridge = {
  'imsmanifest.xml': manifest(
    module('Before you sew', item('What the cloth tells you', 'cloth'), item('Choose a thread', 'thread'), item('What do you mend first?', 'talk'))
      + module('Two stitches', item('The running stitch', 'running'), item('How strong is your seam?', 'quiz')),
    [
      resource('cloth', 'webcontent', 'cloth.html'), resource('thread', 'webcontent', 'thread.html'), resource('talk', 'imsdt_xmlv1p1', 'talk.xml'),
      resource('running', 'webcontent', 'running.html', 'pattern.csv'), resource('quiz', 'imsqti_xmlv1p2/imscc_xmlv1p1/assessment', 'quiz.xml'),
    ].join(''),
    { metadata: '<lomimscc:lom><lomimscc:general><lomimscc:title><lomimscc:string language="en">Mending clothes</lomimscc:string></lomimscc:title></lomimscc:general></lomimscc:lom>' },
  ),
  'cloth.html': '<h2>Look, then pull</h2><p>Pull the cloth gently beside the hole. If it gives, the threads around it are worn, and a patch must reach past them.</p>',
  'thread.html': '<p>Take a thread that is weaker than the cloth: a seam that breaks is mended in a minute, cloth that tears is not.</p><iframe src="https://video.example/threading-a-needle"></iframe>',
  'talk.xml': '<topic xmlns="x"><title>What do you mend first?</title><text texttype="text/html">&lt;p&gt;Bring one thing that you would otherwise throw away.&lt;/p&gt;</text></topic>',
  'running.html': '<p>Up and down in even steps of three millimetres, never tighter than the cloth lies. <a href="pattern.csv">Lengths to practise</a></p><script>count()</script>',
  'pattern.csv': 'row,stitches\n1,20\n2,40\n',
  'quiz.xml': '<questestinterop/>',
};

const maximumBytes = 250_000;
const qualities = [0.9, 0.82, 0.74, 0.66];
const folder = path.join(root, 'docs/pictures');

/** Starts the product and waits until it serves. */
async function startProduct(port: number, dataDir: string): Promise<ChildProcess> {
  const env = { ...process.env, NODE_ENV: 'development', PORT: String(port), MILPA_DATA: dataDir, LOG_LEVEL: 'warn' };
  const product = spawn(process.execPath, [path.join(root, 'apps/server/cli.ts'), 'start'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  while (product.exitCode === null) {
    if (await fetch(`http://127.0.0.1:${port}/ready`).then((answer) => answer.ok, () => false)) return product;
    await sleep(200);
  }
  throw new Error(`The product ended with ${product.exitCode} before it was ready.`);
}

async function take(browser: Browser, picture: Picture, port: number): Promise<void> {
  const origin = `http://${picture.tenant ? `${picture.tenant}.` : ''}localhost:${port}`;
  const context = await browser.newContext({ ...picture.look, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    if (picture.signIn) await signIn(page, origin, picture.signIn);
    if (typeof picture.show === 'string') await page.goto(origin + picture.show, { waitUntil: 'networkidle' });
    else await picture.show(page, origin);
    await page.evaluate(() => document.fonts.ready);
    const image = await compressed(browser, await page.screenshot());
    writeFileSync(path.join(folder, `${picture.name}.webp`), image);
    console.log(`${picture.name}.webp ${Math.round(image.length / 1024)} KB`);
  } finally {
    await context.close();
  }
}

async function signIn(page: Page, origin: string, email: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', demoPassword);
  await page.press('input[name=password]', 'Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** Brings in a cartridge by the screen, as an instructor does, and waits for its report. */
async function importCartridge(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/imports`);
  await page.setInputFiles('input[type=file]', { name: 'Mending clothes.imscc', mimeType: 'application/zip', buffer: zip(entriesOf(cartridge)) });
  await page.click('form[enctype] button[type=submit]');
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  await page.waitForSelector('main a[href^="/teaching/"]', { timeout: 60_000 });
}

/** The first lesson of a course, where its author writes it. */
async function openLesson(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/courses/write-clearly-at-work`);
  await page.click('main a[href^="/teaching/"]');
  await page.click('main a[href*="/lessons/"]');
  await page.waitForSelector('.editor-text');
}

/** The picture as WebP by the browser's own encoder, in the best quality that stays small. */
async function compressed(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    for (const quality of qualities) {
      const encoded = await page.evaluate(async ([source, by]) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
        const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: by })).arrayBuffer());
        return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
      }, [png.toString('base64'), quality] as const);
      if (encoded.length <= maximumBytes) return Buffer.from(encoded, 'latin1');
    }
    throw new Error(`A picture is larger than ${maximumBytes} bytes in every quality.`);
  } finally {
    await page.close();
  }
}

async function takeAll(wanted: string[], port: number): Promise<void> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args });
  try {
    for (const picture of pictures) if (wanted.length === 0 || wanted.includes(picture.name)) await take(browser, picture, port);
  } finally {
    await browser.close();
  }
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'milpa-pictures-'));
try {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const product = await startProduct(port, dataDir);
  try {
    await takeAll(process.argv.slice(2), port);
  } finally {
    product.kill('SIGTERM');
    await once(product, 'exit');
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
