import { controlRoute, type ControlHandlerContext, type Database, type Route, type Tenant } from '@milpa/kernel';
import type { AnyEndpoint, Output } from '@milpa/kernel/contract';
import * as accounts from '../account/accounts.ts';
import type { Auth } from '../account/auth.ts';
import * as confirmation from '../account/confirmation.ts';
import * as passkeys from '../account/passkeys.ts';
import * as sessions from '../account/sessions.ts';
import * as twoFactor from '../account/two-factor.ts';
import type { Visit } from '../account/visit.ts';
import { enqueueEmailChange } from '../member/email-change.ts';
import { isOperator } from '../operator/operators.ts';
import { answering, visitOf } from './answer.ts';
import type { Budget } from './budgets.ts';
import * as contract from './contract.ts';

export interface AccountRoutesOptions {
  database: Database;
  auth: Auth;
  budget: Budget;
  /** Makes a new account a member of the organisation where it signed up, if that is open to everybody. */
  welcome(tenant: Tenant, accountId: string): Promise<void>;
}

/** Endpoints of accounts and sessions; they work on every host, whichever tenant it is. */
export function accountRoutes({ database, auth, budget, welcome }: AccountRoutesOptions): Route[] {
  const bind = <E extends AnyEndpoint>(endpoint: E, handle: (visit: Visit, context: ControlHandlerContext<E>) => Promise<Output<E>>) =>
    controlRoute(endpoint, (context: ControlHandlerContext<E>) => answering(() => handle(visitOf(context.request), context)));

  const accountOf = async (visit: Visit): Promise<contract.Account> => {
    const { accountId, sessionId, expiresAt, freshUntil, email, name, locale, twoFactor: secondStep } = await sessions.requireAccount(auth, visit);
    return { id: accountId, email, name, locale, twoFactor: secondStep, operator: await isOperator(database, accountId), sessionId, sessionExpiresAt: expiresAt.toISOString(), freshUntil: freshUntil.toISOString() };
  };
  const keep = (context: { reply: { cookies: string[] } }, { setCookies }: { setCookies: string[] }) => void context.reply.cookies.push(...setCookies);

  return [
    bind(contract.signUp, async (visit, context) => {
      await budget(context.request, 'signUp');
      keep(context, await accounts.signUp(auth, visit, context.body));
      return {};
    }),
    bind(contract.verifyEmail, async (visit, context) => {
      const { request, body } = context;
      await budget(request, 'secret');
      const { email, accountId, isFirst, setCookies } = await accounts.verifyEmail(auth, visit, body, enqueueEmailChange);
      keep(context, { setCookies });
      if (isFirst && request.tenant) await welcome(request.tenant, accountId);
      return { email, signedIn: setCookies.length > 0 };
    }),
    bind(contract.resendVerification, async (visit, { request, body }) => {
      await budget(request, 'mail');
      await accounts.resendVerification(auth, visit, body);
      return {};
    }),
    bind(contract.signIn, async (visit, context) => {
      await budget(context.request, 'signIn');
      const outcome = await accounts.signIn(auth, visit, context.body);
      keep(context, outcome);
      return { status: outcome.twoFactorRequired ? 'two_factor_required' as const : 'signed_in' as const };
    }),
    bind(contract.answerTwoFactor, async (visit, context) => {
      await budget(context.request, 'signIn');
      keep(context, await twoFactor.verifyTwoFactor(auth, visit, context.body));
      return { status: 'signed_in' as const };
    }),
    bind(contract.signOut, async (visit, context) => keep(context, await sessions.signOut(auth, visit))),
    bind(contract.requestPasswordReset, async (visit, { request, body }) => {
      await budget(request, 'mail');
      await accounts.requestPasswordReset(auth, visit, body);
      return {};
    }),
    bind(contract.resetPassword, async (visit, context) => {
      await budget(context.request, 'secret');
      keep(context, await accounts.resetPassword(auth, visit, context.body));
    }),

    bind(contract.getAccount, (visit) => accountOf(visit)),
    bind(contract.updateAccount, async (visit, { body }) => {
      const { name, locale } = await sessions.requireAccount(auth, visit);
      await accounts.updateProfile(auth, visit, { name: body.name ?? name, locale: body.locale ?? locale });
      return accountOf(visit);
    }),
    bind(contract.changeEmail, async (visit, { request, body }) => {
      await budget(request, 'mail');
      await accounts.changeEmail(auth, visit, body);
      return {};
    }),
    bind(contract.changePassword, async (visit, context) => {
      await budget(context.request, 'secret');
      keep(context, await accounts.changePassword(auth, visit, context.body));
    }),
    bind(contract.listSessions, async (visit) => ({
      data: (await sessions.listSessions(auth, visit)).map((session) => ({ ...session, lastUsedAt: session.lastUsedAt.toISOString(), createdAt: session.createdAt.toISOString() })),
    })),
    bind(contract.revokeSession, (visit, { params }) => sessions.revokeSession(auth, visit, params.sessionId)),
    bind(contract.revokeOtherSessions, (visit) => sessions.revokeOtherSessions(auth, visit)),
    bind(contract.getConfirmation, async (visit) => {
      const { freshUntil, code, passkey } = await confirmation.confirmationOf(auth, visit);
      return { freshUntil: freshUntil.toISOString(), code, passkey: passkey && { ...passkey } };
    }),
    bind(contract.confirmAccount, async (visit, { request, body }) => {
      await budget(request, 'secret');
      return { freshUntil: (await confirmation.confirm(auth, visit, body)).freshUntil.toISOString() };
    }),
    bind(contract.beginPasskey, async (visit, { request }) => {
      await budget(request, 'secret');
      return { ...await passkeys.beginPasskey(auth, visit) };
    }),
    bind(contract.addPasskey, async (visit, { request, body }) => {
      await budget(request, 'secret');
      return passkeyView(await passkeys.addPasskey(auth, visit, body));
    }),
    bind(contract.listPasskeys, async (visit) => ({ data: (await passkeys.listPasskeys(auth, visit)).map(passkeyView) })),
    bind(contract.renamePasskey, async (visit, { params, body }) => passkeyView(await passkeys.renamePasskey(auth, visit, params.passkeyId, body.name))),
    bind(contract.removePasskey, (visit, { params }) => passkeys.removePasskey(auth, visit, params.passkeyId)),
    bind(contract.beginPasskeySignIn, async (visit) => ({ ...await passkeys.beginPasskeySignIn(auth, visit) })),
    bind(contract.signInWithPasskey, async (visit, context) => {
      await budget(context.request, 'signIn');
      keep(context, await passkeys.signInWithPasskey(auth, visit, context.body));
      return { status: 'signed_in' as const };
    }),
    bind(contract.beginTwoFactor, async (visit, { request }) => {
      await budget(request, 'secret');
      return twoFactor.enableTwoFactor(auth, visit);
    }),
    bind(contract.confirmTwoFactor, async (visit, context) => {
      await budget(context.request, 'secret');
      keep(context, await twoFactor.confirmTwoFactor(auth, visit, context.body));
    }),
    bind(contract.disableTwoFactor, async (visit, { request }) => {
      await budget(request, 'secret');
      await twoFactor.disableTwoFactor(auth, visit);
    }),
    bind(contract.createBackupCodes, async (visit, { request }) => {
      await budget(request, 'secret');
      return twoFactor.regenerateBackupCodes(auth, visit);
    }),
  ];
}

const passkeyView = ({ createdAt, lastUsedAt, ...passkey }: passkeys.PasskeyView): contract.Passkey =>
  ({ ...passkey, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null });
