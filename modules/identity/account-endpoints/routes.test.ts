import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf, createTestBed, type TestBed, type TestTenant } from '@milpa/testkit';
import { browser, mailTo, password, signedIn, signIn } from '../testing/people.ts';

let bed: TestBed;
let academy: TestTenant;
beforeAll(async () => {
  bed = await createTestBed();
  academy = await bed.tenant();
});
afterAll(() => bed.close());

describe('an account', () => {
  test('is opened, confirmed by mail, and signed in to', async () => {
    const client = browser(bed, academy.host);
    const email = 'nueva@example.test';
    expect((await client.post('accounts', { email, name: 'Nueva', password })).status).toBe(202);
    expect((await client.post('sessions', { email, password })).body.code).toBe('identity.email_unverified');

    const { token, body } = await mailTo(bed, email);
    expect(body).toContain(`http://${academy.host}/`);
    expect((await client.post('accounts/verify', { token })).body).toEqual({ email, signedIn: false });
    expect((await client.post('accounts/verify', { token })).body.code).toBe('identity.link_invalid');

    const answer = await client.post('sessions', { email, password });
    expect(answer.body).toEqual({ status: 'signed_in' });
    const mine = await client.with({ cookie: cookiesOf(answer.headers['set-cookie']) }).get('account');
    expect(mine.body).toMatchObject({ email, name: 'Nueva', twoFactor: false, operator: false });
  });

  test('is signed in and a member of the open organisation by the mail’s link, in the browser that signed up', async () => {
    const client = browser(bed, academy.host);
    const signUp = async (email: string) => {
      const answer = await client.post('accounts', { email, name: 'Nueva', password });
      return { mine: client.with({ cookie: cookiesOf(answer.headers['set-cookie']) }), ...await mailTo(bed, email) };
    };
    const { mine, token } = await signUp('aqui@example.test');
    const confirmed = await mine.post('accounts/verify', { token });
    expect(confirmed.body).toEqual({ email: 'aqui@example.test', signedIn: true });
    const signed = client.with({ cookie: cookiesOf(confirmed.headers['set-cookie']) });
    expect((await signed.get('membership')).body).toMatchObject({ name: 'Nueva', email: 'aqui@example.test', persona: 'learner' });

    const other = await signUp('alla@example.test');
    const elsewhere = await mine.post('accounts/verify', { token: other.token });
    expect(elsewhere.body).toEqual({ email: 'alla@example.test', signedIn: false });
    expect(elsewhere.headers['set-cookie']).toBeUndefined();
    expect((await (await signIn(bed, academy.host, 'alla@example.test')).get('membership')).status).toBe(200);

    const again = await signUp('otravez@example.test');
    await again.mine.post('accounts/verification', { email: 'otravez@example.test' });
    const { token: resent } = await mailTo(bed, 'otravez@example.test');
    expect((await again.mine.post('accounts/verify', { token: resent })).body.signedIn).toBe(true);
  });

  test('is no member of an organisation that invites', async () => {
    const closed = await bed.tenant('school');
    const client = browser(bed, closed.host);
    await bed.owner.query("update tenancy_control.tenant set sign_up = 'invitation' where id = $1", [closed.tenant.id]);
    const answer = await client.post('accounts', { email: 'cerrada@example.test', name: 'Nueva', password });
    const { token } = await mailTo(bed, 'cerrada@example.test');
    const confirmed = await client.post('accounts/verify', { token }, { cookie: cookiesOf(answer.headers['set-cookie']) });
    expect(confirmed.body.signedIn).toBe(true);
    expect((await client.get('membership', { cookie: cookiesOf(confirmed.headers['set-cookie']) })).body.code).toBe('identity.not_a_member');
  });

  test('comes back to where its owner was going, on this site only', async () => {
    const open = (email: string, next: string) => academy.visitor.post('accounts', { email, name: 'Invitada', password, next });
    expect((await open('invitada@example.test', '/invitation?token=abc&x=1')).status).toBe(202);
    expect((await mailTo(bed, 'invitada@example.test')).body).toMatch(/\/verify-email\?token=[\w-]+&next=%2Finvitation%3Ftoken%3Dabc%26x%3D1\s/);
    await academy.visitor.post('accounts/verification', { email: 'invitada@example.test', next: '/courses' });
    expect((await mailTo(bed, 'invitada@example.test')).body).toMatch(/&next=%2Fcourses\s/);
    for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb']) {
      expect(await open('otra@example.test', elsewhere), elsewhere).toMatchObject({ status: 422, body: { fields: [{ path: 'body.next' }] } });
    }
  });

  test('answers alike whether an address is known or not', async () => {
    const { email } = await signedIn(bed, academy.host);
    for (const path of ['accounts/verification', 'password-resets']) {
      const [known, unknown] = [await academy.visitor.post(path, { email }), await academy.visitor.post(path, { email: 'nadie@example.test' })];
      expect([known.status, known.text], path).toEqual([unknown.status, unknown.text]);
    }
  });

  test('tells what is wrong in the reader’s language', async () => {
    const answer = await academy.visitor.post('accounts', { email: 'x@example.test', name: 'X', password: 'corta' }, { 'accept-language': 'es-MX' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'identity.password_too_short', title: 'Esta contraseña es muy corta' } });
  });
});

describe('a session', () => {
  test('is asked for wherever an account is meant', async () => {
    for (const [method, path] of [['GET', 'account'], ['PATCH', 'account'], ['PUT', 'account/password'], ['POST', 'account/email'], ['GET', 'account/sessions'], ['DELETE', 'account/sessions'], ['POST', 'account/two-factor'], ['POST', 'account/backup-codes'], ['GET', 'account/confirmation'], ['PUT', 'account/confirmation']] as const) {
      expect((await academy.visitor.ask(path, { method, ...(method === 'GET' ? {} : { body: {} }) })).status, `${method} ${path}`).toBe(401);
    }
  });

  test('ends where it is signed out, at once', async () => {
    const { client } = await signedIn(bed, academy.host);
    expect((await client.delete('sessions/current')).status).toBe(204);
    expect((await client.get('account')).status).toBe(401);
    expect((await client.delete('sessions/current')).status).toBe(204);
  });

  test('is listed, and revoked from another device; nobody else can', async () => {
    const laptop = await signedIn(bed, academy.host);
    const phone = await signIn(bed, academy.host, laptop.email);
    const stranger = await signedIn(bed, academy.host);
    const { data } = (await phone.get('account/sessions')).body;
    const other = data.find((session: { current: boolean }) => !session.current).id;
    expect((await stranger.client.delete(`account/sessions/${other}`)).body.code).toBe('identity.session_unknown');
    expect((await laptop.client.get('account')).status).toBe(200);
    expect((await phone.delete(`account/sessions/${other}`)).status).toBe(204);
    expect((await laptop.client.get('account')).status).toBe(401);
    expect((await phone.delete(`account/sessions/${other}`)).status).toBe(404);
  });

  test('is not taken from another site', async () => {
    const { client } = await signedIn(bed, academy.host);
    const forged = await client.patch('account', { name: 'Otra' }, { 'sec-fetch-site': 'cross-site' });
    expect(forged.body.code).toBe('kernel.cross_site_request');
    expect((await client.get('account')).body.name).toBe('Persona de Prueba');
  });
});

describe('a password', () => {
  test('is changed: other devices are out, this one goes on with its new cookie', async () => {
    const { client, email } = await signedIn(bed, academy.host);
    const other = await signIn(bed, academy.host, email);
    const changed = await client.put('account/password', { newPassword: 'frijol y calabaza' });
    expect(changed.status).toBe(204);
    expect((await other.get('account')).status).toBe(401);
    expect((await client.with({ cookie: cookiesOf(changed.headers['set-cookie']) }).get('account')).status).toBe(200);
  });

  test('is set anew by the link of a mail, once', async () => {
    const { email, client } = await signedIn(bed, academy.host);
    await academy.visitor.post('password-resets', { email });
    const { token } = await mailTo(bed, email);
    expect((await academy.visitor.put('password-resets', { token, newPassword: 'quelites y flores' })).status).toBe(204);
    expect((await academy.visitor.put('password-resets', { token, newPassword: 'otra cosa distinta' })).body.code).toBe('identity.link_invalid');
    expect((await client.get('account')).status).toBe(401);
    expect((await academy.visitor.post('sessions', { email, password: 'quelites y flores' })).status).toBe(200);
  });

  test('guessed too often locks, with the time to wait', async () => {
    const { email } = await signedIn(bed, academy.host);
    for (let guess = 0; guess < 5; guess++) expect((await academy.visitor.post('sessions', { email, password: `guess number ${guess}` })).status).toBe(401);
    const locked = await academy.visitor.post('sessions', { email, password });
    expect(locked).toMatchObject({ status: 429, body: { code: 'identity.locked' } });
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(60);
  });
});

describe('who one is, shown again', () => {
  const elevenMinutesLater = async <T>(work: () => Promise<T>): Promise<T> => {
    bed.clock.advance(11 * 60_000);
    try {
      return await work();
    } finally {
      bed.clock.advance(-11 * 60_000);
    }
  };

  test('opens what is sensitive for ten minutes; a wrong proof does not, and stands in the organisation’s log', async () => {
    const { client, accountId } = await signedIn(bed, academy.host);
    await client.post('memberships');
    await elevenMinutesLater(async () => {
      const stale = await client.put('account/password', { newPassword: 'frijol y calabaza' });
      expect(stale).toMatchObject({ status: 403, body: { code: 'kernel.confirmation_required' } });
      expect((await client.get('account/confirmation')).body).toEqual({ freshUntil: (await client.get('account')).body.freshUntil, code: false, passkey: null });
      expect((await client.put('account/confirmation', { method: 'password', password: 'no es esta' })).body.code).toBe('identity.password_wrong');
      expect((await client.post('account/email', { newEmail: 'otra@example.test' })).body.code).toBe('kernel.confirmation_required');
      const confirmed = await client.put('account/confirmation', { method: 'password', password });
      expect(Date.parse(confirmed.body.freshUntil) - bed.clock.now().getTime()).toBe(600_000);
      expect((await client.post('account/email', { newEmail: 'otra@example.test' })).status).toBe(202);
    });
    const { rows } = await bed.owner.query("select action, outcome, detail from kernel.audit_entry where account_id = $1 and outcome = 'refused'", [accountId]);
    expect(rows).toEqual([{ action: 'identity.confirmAccount', outcome: 'refused', detail: { code: 'identity.password_wrong' } }]);
  });

  test('failed where no organisation is, stands in the installation’s log', async () => {
    const { client, accountId } = await signedIn(bed, 'milpa.test');
    expect((await client.put('account/confirmation', { method: 'password', password: 'no es esta' })).status).toBe(422);
    expect((await client.put('account/confirmation', { method: 'password', password })).status).toBe(200);
    const { rows } = await bed.owner.query('select action, detail from kernel_control.audit_entry where account_id = $1 order by at, id', [accountId]);
    expect(rows).toEqual([{ action: 'identity.confirmAccountRefused', detail: { code: 'identity.password_wrong' } }, { action: 'identity.confirmAccount', detail: {} }]);
  });

  test('is nothing that a token can do', async () => {
    const person = await academy.person('learner');
    expect((await person.client.put('account/confirmation', { method: 'password', password })).status).toBe(401);
    expect((await person.client.put('account/password', { newPassword: 'frijol y calabaza' }))).toMatchObject({ status: 403, body: { code: 'kernel.session_required' } });
  });
});

describe('another address', () => {
  test('is the account’s once its link is opened, and its members’ in every organisation after that', async () => {
    const school = await bed.tenant('school');
    const { client, email, accountId } = await signedIn(bed, academy.host);
    await client.post('memberships');
    await school.join({ accountId, email }, 'admin');
    const bystander = await academy.person('learner');
    const newEmail = 'nuevo-correo@example.test';
    const copies = async () => (await bed.owner.query('select email, search, version from identity.member where account_id = $1', [accountId])).rows;

    expect((await client.post('account/email', { newEmail: 'nada' })).body.code).toBe('identity.email_invalid');
    expect((await client.post('account/email', { newEmail })).status).toBe(202);
    const { token } = await mailTo(bed, newEmail);
    expect((await client.get('account')).body.email).toBe(email);

    expect((await academy.visitor.post('accounts/verify', { token })).body).toEqual({ email: newEmail, signedIn: false });
    expect((await client.get('account')).body.email).toBe(newEmail);
    await bed.runJobs();
    const followed = await copies();
    expect(followed).toEqual([1, 2].map(() => ({ email: newEmail, search: expect.stringContaining(newEmail), version: 2 })));
    expect((await bystander.client.get('membership')).body.email).toBe(bystander.email);

    const job = bed.application.jobs.find(({ name }) => name === 'identity.accountEmailChanged')!;
    await job.run({ accountId }, { attempt: 2, lastAttempt: false, signal: new AbortController().signal, log: bed.application.server.log as never });
    expect(await copies()).toEqual(followed);
  });

  test('of somebody else is not told of', async () => {
    const { client } = await signedIn(bed, academy.host);
    const taken = await signedIn(bed, academy.host);
    const [known, unknown] = [await client.post('account/email', { newEmail: taken.email }), await client.post('account/email', { newEmail: 'libre@example.test' })];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
  });
});

test('secrets stand neither in jobs nor in the audit log', async () => {
  const email = 'secreta@example.test';
  await academy.visitor.post('accounts', { email, name: 'Secreta', password });
  const { rows: jobs } = await bed.owner.query("select payload::text as text from graphile_worker._private_jobs where payload::text not like '%eventId%'");
  expect(jobs.length).toBeGreaterThan(0);
  const { token } = await mailTo(bed, email);
  const { rows: audited } = await bed.owner.query('select row_to_json(entry)::text as text from kernel_control.audit_entry entry');
  for (const { text } of [...jobs, ...audited]) {
    for (const secret of [email, token, password]) expect(text).not.toContain(secret);
  }
});
