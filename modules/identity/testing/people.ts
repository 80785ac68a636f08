/** For tests: people with an account and a browser, members of nothing yet. Takes what a test bed has without knowing the test bed. */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createVerifiedAccount } from '../account/accounts.ts';
import type { Auth } from '../account/auth.ts';

interface Client<C> {
  with(headers: Record<string, string>): C;
  post(path: string, body?: unknown): Promise<{ status: number; text: string; headers: IncomingHttpHeaders }>;
}
interface Bed<C> {
  application: { auth: Auth };
  owner: { query(text: string, values: unknown[]): Promise<{ rows: any[] }> };
  client(host: string): C;
  runJobs(): Promise<void>;
}

export const password = 'tres hermanas en el campo';

/** As a browser on that host sends its requests. */
export const browser = <C extends Client<C>>(bed: Bed<C>, host: string): C => bed.client(host).with({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' });

/** A confirmed account, signed in on that host. */
export async function signedIn<C extends Client<C>>(bed: Bed<C>, host: string, email = `persona-${randomUUID()}@example.test`): Promise<{ client: C; accountId: string; email: string }> {
  const { accountId } = await createVerifiedAccount(bed.application.auth, { email, name: 'Persona de Prueba', password, locale: 'es-MX' });
  return { client: await signIn(bed, host, email), accountId, email };
}

export async function signIn<C extends Client<C>>(bed: Bed<C>, host: string, email: string): Promise<C> {
  const client = browser(bed, host);
  const answer = await client.post('sessions', { email, password });
  if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status} ${answer.text}`);
  return client.with({ cookie: (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ') });
}

/** The newest mail to an address, and the token of its link. */
export async function mailTo<C>(bed: Bed<C>, email: string): Promise<{ subject: string; body: string; token: string }> {
  await bed.runJobs();
  const { rows } = await bed.owner.query('select subject, body from kernel_control.mail where recipient = $1 order by created_at desc, id desc limit 1', [email]);
  if (!rows[0]) throw new Error(`No mail went to ${email}`);
  return { ...rows[0], token: /[?&]token=([\w-]+)/.exec(rows[0].body)?.[1] ?? '' };
}
