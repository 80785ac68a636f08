/** The first operator of an installation proves to have started it, by a code that only its log has. */
import { createHash, randomBytes } from 'node:crypto';
import { Problem, type ControlTx, type Database } from '@milpa/kernel';
import type { Input } from '@milpa/kernel/contract';
import { createVerifiedAccount } from '../account/accounts.ts';
import type { Auth } from '../account/auth.ts';
import { answering } from '../account-endpoints/answer.ts';
import { problems } from '../problems.ts';
import type { setUpOperator } from './contract.ts';
import { forgetOperators, hasOperator } from './operators.ts';

/** 80 random bits in groups that can be read aloud, without letters that look alike. */
function newCode(): string {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const symbols = [...randomBytes(16)].map((byte) => alphabet[byte % 32]);
  return [0, 4, 8, 12].map((start) => symbols.slice(start, start + 4).join('')).join('-');
}

const hashOf = (code: string) => createHash('sha256').update(code.toUpperCase().replace(/[^0-9A-Z]/g, '')).digest('base64url');

/** A new code for the log, in place of earlier ones; null when this installation has an operator already. */
export async function issueSetupCode(database: Database): Promise<string | null> {
  return database.withControl(async (tx) => {
    if (await hasOperator(tx)) return null;
    const code = newCode();
    await tx.deleteFrom('identityControl.setupCode').where('usedAt', 'is', null).execute();
    await tx.insertInto('identityControl.setupCode').values({ codeHash: hashOf(code), createdAt: tx.now.toISOString(), usedAt: null, usedBy: null }).execute();
    return code;
  });
}

/** Takes the code, so that it works once; a failure afterwards gives it back with the transaction. */
async function takeCode(tx: ControlTx, code: string): Promise<string> {
  const row = await tx.updateTable('identityControl.setupCode').set({ usedAt: tx.now.toISOString() })
    .where('codeHash', '=', hashOf(code)).where('usedAt', 'is', null).returning('codeHash').executeTakeFirst();
  if (!row || await hasOperator(tx)) throw new Problem(problems.setup_code_invalid);
  return row.codeHash;
}

/** Makes the operator's account, which needs no confirmation: whoever reads the log owns the installation. */
export async function setUp(database: Database, auth: Auth, { code, ...person }: Input<typeof setUpOperator>['body']): Promise<{ accountId: string }> {
  const outcome = await database.withControl(async (tx) => {
    const codeHash = await takeCode(tx, code);
    const { accountId } = await answering(() => createVerifiedAccount(auth, person));
    await tx.insertInto('identityControl.operator').values({ accountId, createdAt: tx.now.toISOString() }).execute();
    await tx.updateTable('identityControl.setupCode').set({ usedBy: accountId }).where('codeHash', '=', codeHash).execute();
    return { accountId };
  });
  forgetOperators(database);
  return outcome;
}
