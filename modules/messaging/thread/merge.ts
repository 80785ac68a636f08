/** What becomes of conversations when two members turn out to be one person. */
import { sql, type MergeStep } from '@milpa/kernel';

type BlockColumn = 'member_id' | 'blocked_id';

/** Nobody blocks themselves, and the same one once. */
export const mergedBlocks = (column: BlockColumn, other: BlockColumn): MergeStep => ({
  clashes: async () => 0,
  async merge(tx, { from, into }) {
    await sql`
      insert into messaging.block (${sql.ref(column)}, ${sql.ref(other)}, created_at)
      select ${into}, ${sql.ref(other)}, created_at from messaging.block where ${sql.ref(column)} = ${from} and ${sql.ref(other)} <> ${into} on conflict do nothing`.execute(tx);
    await sql`delete from messaging.block where ${sql.ref(column)} = ${from}`.execute(tx);
  },
});

/** A thread is between two: one that the two had with each other stays between them, as history. Of a broadcast that both got, both threads go on. */
export const mergedParticipants: MergeStep = {
  async clashes(tx, { from, into }) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from messaging.participant a join messaging.participant b on b.tenant_id = a.tenant_id and b.thread_id = a.thread_id and b.member_id = ${into} where a.member_id = ${from}`.execute(tx);
    return rows[0]!.count;
  },
  async merge(tx, { from, into }) {
    await sql`
      update messaging.participant p set member_id = ${into}, broadcast_id = case
        when p.side = 'learner' and exists (select from messaging.participant o where o.broadcast_id = p.broadcast_id and o.member_id = ${into} and o.side = 'learner') then null else p.broadcast_id end
      where p.member_id = ${from} and not exists (select from messaging.participant o where o.thread_id = p.thread_id and o.member_id = ${into})`.execute(tx);
  },
};

/** After the participants: whoever is still one of a thread there wrote to the other of the two. */
export const mergedMessages: MergeStep = {
  clashes: async () => 0,
  async merge(tx, { from, into }) {
    await sql`
      update messaging.message m set author_id = ${into}
      where m.author_id = ${from} and not exists (select from messaging.participant p where p.thread_id = m.thread_id and p.member_id = ${from})`.execute(tx);
  },
};

/** One that is on its way comes once, and not to its author. */
export const mergedBroadcasts: MergeStep = {
  clashes: async () => 0,
  async merge(tx, { from, into }) {
    await tx.updateTable('messaging.broadcast').set({ authorId: into }).where('authorId', '=', from).execute();
    await sql`
      update messaging.broadcast set recipient_ids = array_remove(array(select distinct unnest(array_replace(recipient_ids, ${from}::uuid, ${into}::uuid))), author_id)
      where sent_at is null and ${from}::uuid = any(recipient_ids)`.execute(tx);
  },
};
