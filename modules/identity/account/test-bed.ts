/** For tests: a database of its own with our tables, as the serving role; mails kept in a list; a clock that is set. */
import { createHmac, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { createAuth } from './auth.ts';
import type { AccountMail, Auth } from './auth.ts';
import { createVerifiedAccount, signIn } from './accounts.ts';
import { confirmTwoFactor, enableTwoFactor } from './two-factor.ts';
import type { Visit } from './visit.ts';

export const PASSWORD = 'el maíz crece despacio';
const MIGRATIONS = new URL('../migrations/control/', import.meta.url);

export interface TestBed {
  auth: Auth;
  /** As the owner of the tables. */
  owner: pg.Pool;
  mails: AccountMail[];
  advance(minutes: number): void;
  close(): Promise<void>;
}

export async function createTestBed(options: { secureCookies?: boolean } = {}): Promise<TestBed> {
  const adminUrl = process.env['TEST_DATABASE_URL'];
  if (!adminUrl) throw new Error('TEST_DATABASE_URL must name a PostgreSQL 18 in which databases and roles may be created');
  const name = `identity_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Pool({ connectionString: adminUrl, max: 1 });
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const owner = poolOf({ connectionString: url.href });
  await owner.query(`DO $$ BEGIN CREATE ROLE milpa_control; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
  for (const file of (await readdir(MIGRATIONS)).sort()) await owner.query(await readFile(new URL(file, MIGRATIONS), 'utf8'));
  const pool = poolOf({ connectionString: url.href, options: '-c role=milpa_control' });
  const mails: AccountMail[] = [];
  let ahead = 0;
  const auth = createAuth({
    pool,
    secret: 'a secret for tests that is long enough to be one',
    baseUrl: async (host) => `http://${host}`,
    secureCookies: options.secureCookies ?? false,
    sendMail: async (_client, mail) => void mails.push(mail),
    now: () => new Date(Date.now() + ahead),
    appName: 'Milpa',
  });
  return {
    auth,
    owner,
    mails,
    advance: (minutes) => void (ahead += minutes * 60_000),
    close: async () => {
      await pool.end();
      await owner.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

/** A pool that does not mind when dropping the database breaks connections that are closing. */
function poolOf(config: pg.PoolConfig): pg.Pool {
  const ignore = () => {};
  return new pg.Pool(config).on('error', ignore).on('connect', (client) => client.on('error', ignore));
}

export function newEmail(): string {
  return `persona-${randomUUID()}@example.test`;
}

/** A browser that keeps its cookies between visits. */
export class Browser {
  private readonly cookies = new Map<string, string>();
  readonly address: string;
  locale = 'es-MX';
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

  constructor(address = randomAddress()) {
    this.address = address;
  }

  get visit(): Visit {
    const { address, locale, userAgent } = this;
    return { host: 'academy.localhost:3000', cookie: this.cookieHeader, userAgent, address, locale };
  }

  get cookieHeader(): string | undefined {
    return this.cookies.size === 0 ? undefined : [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get cookieNames(): string[] {
    return [...this.cookies.keys()];
  }

  keep({ setCookies }: { setCookies: string[] }): void {
    for (const line of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*Max-Age=0(;|$)/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

function randomAddress(): string {
  const octet = () => Math.floor(Math.random() * 256);
  return `10.${octet()}.${octet()}.${octet()}`;
}

/** A person with a confirmed account, signed in in a browser of their own. */
export async function signedIn(bed: TestBed): Promise<{ browser: Browser; email: string; accountId: string }> {
  const email = newEmail();
  const { accountId } = await createVerifiedAccount(bed.auth, { email, name: 'Persona de Prueba', password: PASSWORD, locale: 'es-MX' });
  const browser = new Browser();
  browser.keep(await signIn(bed.auth, browser.visit, { email, password: PASSWORD }));
  return { browser, email, accountId };
}

/** The same with an authenticator; `nextCode()` gives codes that were not used yet. */
export async function withAuthenticator(bed: TestBed) {
  const person = await signedIn(bed);
  const { otpauthUri, qrSvg, backupCodes } = await enableTwoFactor(bed.auth, person.browser.visit);
  const secret = base32Decode(new URL(otpauthUri).searchParams.get('secret')!);
  // The codes of the half minutes before and after are accepted too.
  const steps = [-1, 0, 1];
  const nextCode = () => totp(secret, Date.now() / 1000 + 30 * steps.shift()!);
  person.browser.keep(await confirmTwoFactor(bed.auth, person.browser.visit, { code: nextCode() }));
  return { ...person, otpauthUri, qrSvg, backupCodes, secret, nextCode };
}

/** RFC 6238 with HMAC-SHA-1 and steps of 30 seconds. */
export function totp(secret: Uint8Array, unixSeconds: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(unixSeconds / 30)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1)! & 15) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

function base32Decode(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)));
}

/** The token of the last mail of that kind to that address. */
export function tokenMailed(bed: TestBed, kind: AccountMail['kind'], to: string): string {
  const mail = bed.mails.findLast((mail) => mail.kind === kind && mail.to === to);
  if (!mail?.url) throw new Error(`no ${kind} with a link was mailed to ${to}`);
  return new URL(mail.url).searchParams.get('token')!;
}

export function mailedTo(bed: TestBed, to: string): AccountMail['kind'][] {
  return bed.mails.filter((mail) => mail.to === to).map((mail) => mail.kind);
}
