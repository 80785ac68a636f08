/** A member's address is a copy of the account's. When the account gets another one, the copies follow, tenant by tenant. */
import { defineJob, sql, systemActor, type Database, type Job, type Tenant, type Tx } from '@milpa/kernel';
import { enqueueSql } from '@milpa/kernel/jobs';
import type pg from 'pg';
import { z } from 'zod';
import type { Auth } from '../account/auth.ts';
import { accountById } from '../account/queries.ts';
import { searchText } from './queries.ts';

const jobIdentity = { name: 'identity.accountEmailChanged', maxAttempts: 12 };
const payloadSchema = z.object({ accountId: z.uuid() });

/** Asks for the copies to follow, in the transaction that changes the account. */
export async function enqueueEmailChange(client: pg.ClientBase, accountId: string): Promise<void> {
  const { text, values } = enqueueSql({ ...jobIdentity, payload: { accountId } });
  await client.query(text, values);
}

export interface EmailChangeOptions { database: Database; auth: Auth; tenants: { all(): AsyncIterable<Tenant> } }

/** Brings the copies up to the address that the account has when the job runs; done again, it changes nothing. */
export function emailChangeJob({ database, auth, tenants }: EmailChangeOptions): Job<z.infer<typeof payloadSchema>> {
  return defineJob({
    ...jobIdentity, payload: payloadSchema,
    async run({ accountId }, { signal }) {
      const account = await accountById(auth.pool, accountId);
      if (!account) return;
      for await (const tenant of tenants.all()) {
        signal.throwIfAborted();
        await database.withTenant(tenant, systemActor, (tx) => takeOver(tx, accountId, account.email));
      }
    },
  });
}

async function takeOver(tx: Tx, accountId: string, email: string): Promise<void> {
  const member = await tx.selectFrom('identity.member').select(['id', 'name']).where('accountId', '=', accountId).where('email', '<>', email).where('leftAt', 'is', null).forUpdate().executeTakeFirst();
  if (!member) return;
  await tx.updateTable('identity.member')
    .set({ email, search: searchText(member.name, email), version: sql`version + 1`, updatedAt: tx.now.toISOString() })
    .where('id', '=', member.id).execute();
}
