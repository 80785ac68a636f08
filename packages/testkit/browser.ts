/** A test bed that serves the pages too, and a real browser to look at them. Whatever goes wrong in a window is kept, for the test to fail on. */
import { existsSync } from 'node:fs';
import pg from 'pg';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { buildWeb, createWebHandler, webBuildIsFresh } from '../../apps/web/server.ts';
import { registerDevMail } from '../../apps/server/dev-mail.ts';
import { registerWeb } from '../../apps/server/web.ts';
import { baseHost, createTestBed, testPassword, type TestBed, type TestBedOptions } from './index.ts';

/** One person at one device. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Another tab of the same person. */
  tab(): Promise<Page>;
  /** Goes to a page; returns its status. */
  go(url: string): Promise<number>;
  /** Signs in behind the screens, for tests that are not about signing in. */
  signIn(host: string, email: string): Promise<void>;
  /** From now on complaints like this are what the test is about. */
  expectComplaint(about: RegExp): void;
}

export interface BrowserBed extends TestBed {
  /** The address of a host's pages, as mails and people write it. */
  origin(host?: string): string;
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
  /** What went wrong in any window since the last call: errors of the console and of scripts, and breaches of the content policy. */
  takeComplaints(): string[];
  /** Closes all windows. */
  leave(): Promise<void>;
}

const actionTimeout = 15_000;

/** Starts a Milpa with its pages, and Chromium. Close it in `afterAll`. */
export async function createBrowserBed(options: TestBedOptions = {}): Promise<BrowserBed> {
  await buildOnce();
  const failures: string[] = [];
  const web = await createWebHandler({ mode: 'production', onError: (error) => failures.push(`A page failed on the server: ${error instanceof Error ? error.stack : String(error)}`) });
  const bed = await createTestBed({
    ...options,
    prepare(application) {
      registerDevMail(application);
      registerWeb(application, web);
    },
  });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: flagsFor(bed.port) }).catch(async (error: unknown) => {
    await bed.close();
    throw error;
  });
  return {
    ...bed,
    origin: (host = baseHost) => `http://${host}`,
    async visitor(contextOptions = {}) {
      const context = await browser.newContext({ locale: 'en', reducedMotion: 'reduce', ...contextOptions });
      context.setDefaultTimeout(actionTimeout);
      return visitorIn(bed, context, failures);
    },
    takeComplaints: () => failures.splice(0),
    leave: async () => { await Promise.all(browser.contexts().map((context) => context.close())); },
    async close() {
      await browser.close();
      await bed.close();
    },
  };
}

async function visitorIn(bed: TestBed, context: BrowserContext, failures: string[]): Promise<Visitor> {
  const expected: RegExp[] = [];
  const complain = (page: Page, text: string) => {
    const complaint = `${page.url()}: ${text}`;
    if (!expected.some((pattern) => pattern.test(complaint))) failures.push(complaint);
  };
  context.on('page', (page) => {
    page.on('console', (message) => {
      if (message.type() === 'error') complain(page, `${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => complain(page, error.stack ?? error.message));
  });
  const page = await context.newPage();
  return {
    context, page,
    tab: () => context.newPage(),
    go: async (url) => (await page.goto(url))?.status() ?? 0,
    async signIn(host, email) {
      const answer = await bed.client(host).post('sessions', { email, password: testPassword }, { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' });
      if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status} ${answer.text}`);
      const cookies = (answer.headers['set-cookie'] ?? []).map((line) => /^([^=]+)=([^;]*)/.exec(line)).filter((match) => match !== null);
      await context.addCookies(cookies.map(([, name = '', value = '']) => ({ name, value, domain: host, path: '/', httpOnly: true, sameSite: 'Lax' as const })));
    },
    expectComplaint: (about) => { expected.push(about); },
  };
}

/** Several test files may need the build at the same moment: one makes it, and the others wait. */
async function buildOnce(): Promise<void> {
  const database = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  await database.connect();
  try {
    await database.query("select pg_advisory_lock(hashtext('milpa.web'))");
    if (!webBuildIsFresh()) await buildWeb(() => {});
  } finally {
    await database.end();
  }
}

function chromiumPath(): string {
  const path = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(path)) throw new Error(`There is no browser at ${path}: install Chromium, or name it in CHROMIUM.`);
  return path;
}

/** Names of the test's hosts lead to the server, whatever its port, so that addresses in mails hold; and they are trusted as if by TLS. */
const flagsFor = (port: number): string[] => [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  `--unsafely-treat-insecure-origin-as-secure=*.${baseHost},http://${baseHost}`,
  `--host-resolver-rules=MAP *.${baseHost} 127.0.0.1:${port}, MAP ${baseHost} 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
];
