import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePasskey, usePasskey } from '../testing/authenticator.ts';
import { signIn } from './accounts.ts';
import { addPasskey, beginPasskey, beginPasskeySignIn, listPasskeys, removePasskey, renamePasskey, signInWithPasskey } from './passkeys.ts';
import { accountOf } from './sessions.ts';
import { Browser, createTestBed, mailedTo, PASSWORD, signedIn, withAuthenticator } from './test-bed.ts';
import type { TestBed } from './test-bed.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await createTestBed();
});
afterAll(() => bed?.close());

const origin = 'http://academy.localhost:3000';
const refused = (code: string) => expect.objectContaining({ name: 'AccountError', code });
const elsewhere = (browser: Browser) => ({ ...browser.visit, host: 'school.localhost:3000' });

async function withPasskey(person: { browser: Browser; email: string; accountId: string }) {
  const made = makePasskey(await beginPasskey(bed.auth, person.browser.visit), origin);
  const added = await addPasskey(bed.auth, person.browser.visit, { response: made.response });
  return { ...person, ...made, added };
}

it('opens the account without password and second step, once for each challenge', async () => {
  const { passkey, accountId, email } = await withPasskey(await withAuthenticator(bed));
  expect(mailedTo(bed, email)).toContain('passkey_added');
  const browser = new Browser();
  const response = usePasskey(passkey, await beginPasskeySignIn(bed.auth, browser.visit), origin);
  browser.keep(await signInWithPasskey(bed.auth, browser.visit, { response }));
  expect(await accountOf(bed.auth, browser.visit)).toMatchObject({ accountId });
  await expect(signInWithPasskey(bed.auth, browser.visit, { response })).rejects.toEqual(refused('identity.passkey_refused'));
  expect((await listPasskeys(bed.auth, browser.visit))[0]).toMatchObject({ name: 'Firefox · Linux', host: 'academy.localhost', here: true, lastUsedAt: expect.any(Date) });
});

it('works on the host where it was made and on no other', async () => {
  const { passkey, browser, email } = await withPasskey(await signedIn(bed));
  const options = await beginPasskeySignIn(bed.auth, elsewhere(browser));
  const response = usePasskey(passkey, options, 'http://school.localhost:3000');
  await expect(signInWithPasskey(bed.auth, elsewhere(browser), { response })).rejects.toEqual(refused('identity.passkey_refused'));
  // A page of another site that passes our challenge on.
  const lured = usePasskey(passkey, await beginPasskeySignIn(bed.auth, browser.visit), 'http://evil.example');
  await expect(signInWithPasskey(bed.auth, browser.visit, { response: lured })).rejects.toEqual(refused('identity.passkey_refused'));
  const school = new Browser();
  school.keep(await signIn(bed.auth, elsewhere(school), { email, password: PASSWORD }));
  expect((await listPasskeys(bed.auth, elsewhere(school)))[0]).toMatchObject({ here: false });
});

it('wants the owner’s finger, face or PIN, a challenge of ours, and one that is not old', async () => {
  const { passkey, browser } = await withPasskey(await signedIn(bed));
  const enter = async (response: ReturnType<typeof usePasskey>) => signInWithPasskey(bed.auth, browser.visit, { response });
  const options = await beginPasskeySignIn(bed.auth, browser.visit);
  await expect(enter(usePasskey(passkey, options, origin, 1))).rejects.toEqual(refused('identity.passkey_refused'));
  await expect(enter(usePasskey(passkey, { ...options, challenge: Buffer.alloc(52, 7).toString('base64url') }, origin))).rejects.toEqual(refused('identity.passkey_refused'));
  const other = await withPasskey(await signedIn(bed));
  await expect(enter({ ...usePasskey(other.passkey, options, origin), id: passkey.id })).rejects.toEqual(refused('identity.passkey_refused'));
  bed.advance(31);
  await expect(enter(usePasskey(passkey, options, origin))).rejects.toEqual(refused('identity.passkey_refused'));
});

it('is made by the account that asked, and once', async () => {
  const person = await signedIn(bed);
  const options = await beginPasskey(bed.auth, person.browser.visit);
  const { response } = makePasskey(options, origin);
  const other = await signedIn(bed);
  await expect(addPasskey(bed.auth, other.browser.visit, { response })).rejects.toEqual(refused('identity.passkey_refused'));
  await addPasskey(bed.auth, person.browser.visit, { response, name: 'My phone' });
  await expect(addPasskey(bed.auth, person.browser.visit, { response })).rejects.toEqual(refused('identity.passkey_refused'));
  await expect(addPasskey(bed.auth, person.browser.visit, { response: makePasskey(options, origin).response })).rejects.toEqual(refused('identity.passkey_refused'));
  expect((await listPasskeys(bed.auth, person.browser.visit)).map(({ name }) => name)).toEqual(['My phone']);
});

it('is renamed and removed by its owner alone, and opens nothing afterwards', async () => {
  const { passkey, browser, added } = await withPasskey(await signedIn(bed));
  const other = await signedIn(bed);
  await expect(renamePasskey(bed.auth, other.browser.visit, added.id, 'Mine')).rejects.toEqual(refused('identity.passkey_unknown'));
  await expect(removePasskey(bed.auth, other.browser.visit, added.id)).rejects.toEqual(refused('identity.passkey_unknown'));
  expect(await renamePasskey(bed.auth, browser.visit, added.id, 'Blue key')).toMatchObject({ name: 'Blue key' });
  await removePasskey(bed.auth, browser.visit, added.id);
  await expect(removePasskey(bed.auth, browser.visit, added.id)).rejects.toEqual(refused('identity.passkey_unknown'));
  const response = usePasskey(passkey, await beginPasskeySignIn(bed.auth, browser.visit), origin);
  await expect(signInWithPasskey(bed.auth, browser.visit, { response })).rejects.toEqual(refused('identity.passkey_refused'));
});
