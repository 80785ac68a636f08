/** For tests: people with an account and a browser, members of nothing yet. */
import { randomUUID } from 'node:crypto';
import { cookiesOf, testPassword, type Client, type TestBed } from '@milpa/testkit';
import { createVerifiedAccount } from './account/accounts.ts';

export interface SignedIn { client: Client; accountId: string; email: string }

/** As a browser on that host sends its requests. */
export const browser = (bed: TestBed, host: string): Client => bed.client(host).with({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' });

/** A confirmed account, signed in on that host. */
export async function signedIn(bed: TestBed, host: string, email = `persona-${randomUUID()}@example.test`): Promise<SignedIn> {
  const { accountId } = await createVerifiedAccount(bed.application.auth, { email, name: 'Persona de Prueba', password: testPassword, locale: 'es-MX' });
  return { client: await signIn(bed, host, email), accountId, email };
}

export async function signIn(bed: TestBed, host: string, email: string): Promise<Client> {
  const client = browser(bed, host);
  const answer = await client.post('sessions', { email, password: testPassword });
  if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status} ${answer.text}`);
  return client.with({ cookie: cookiesOf(answer.headers['set-cookie']) });
}

/** The newest mail to an address, and the token of its link. */
export async function mailTo(bed: TestBed, email: string): Promise<{ subject: string; body: string; token: string }> {
  await bed.runJobs();
  const { rows } = await bed.owner.query('select subject, body from kernel_control.mail where recipient = $1 order by created_at desc, id desc limit 1', [email]);
  if (!rows[0]) throw new Error(`No mail went to ${email}`);
  return { ...rows[0], token: /[?&]token=([\w-]+)/.exec(rows[0].body)?.[1] ?? '' };
}
