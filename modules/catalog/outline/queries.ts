import type { Tx } from '@milpa/kernel';
import { sql } from 'kysely';
import type { Completion, CourseOutline, Release } from '../version/contract.ts';

export interface DraftRow {
  moduleId: string; moduleTitle: string; release: Release; prerequisiteIds: string[];
  /** Null for a module without lessons. */
  id: string | null;
  title: string; minutes: number | null; completion: Completion; optional: boolean; version: number;
}

/** Every lesson of the draft with its module, in order; a module without lessons is one row without a lesson. */
export async function listDraft(tx: Tx, courseId: string): Promise<DraftRow[]> {
  const { rows } = await sql<DraftRow>`
    select m.id as module_id, m.title as module_title, m.release, m.prerequisite_ids, l.id, l.title, l.minutes, l.completion, l.optional, l.version
    from catalog.course_module m left join catalog.lesson l on l.tenant_id = m.tenant_id and l.module_id = m.id and l.removed_at is null
    where m.course_id = ${courseId} and m.removed_at is null order by m.position, l.position`.execute(tx);
  return rows;
}

/** A course by id or slug with what learners get of it; without an outline as long as it was never published. */
export async function findPublishedOutline(tx: Tx, key: string, isId: boolean): Promise<{ id: string; status: string; ownerMemberId: string | null; outline: CourseOutline | null } | undefined> {
  const { rows } = await sql<{ id: string; status: string; ownerMemberId: string | null; outline: CourseOutline | null }>`
    select c.id, c.status, c.owner_member_id, v.outline from catalog.course c left join catalog.course_version v on v.tenant_id = c.tenant_id and v.id = c.published_version_id
    where ${sql.ref(isId ? 'c.id' : 'c.slug')} = ${key}`.execute(tx);
  return rows[0];
}

const moduleColumns = ['id', 'title', 'position', 'release', 'prerequisiteIds', 'removedAt'] as const;
/** All modules of a course, those that were removed too. */
export const listModules = (tx: Tx, courseId: string) =>
  tx.selectFrom('catalog.courseModule').select(moduleColumns).where('courseId', '=', courseId).orderBy('position').execute();

export const findModule = (tx: Tx, courseId: string, id: string) =>
  tx.selectFrom('catalog.courseModule').select(moduleColumns).where('courseId', '=', courseId).where('id', '=', id).executeTakeFirst();

/** Lessons that were removed by themselves, or are in a module that was, the last first. */
export async function listRemovedLessons(tx: Tx, courseId: string): Promise<{ id: string; title: string; moduleId: string; removedAt: string | null }[]> {
  return tx.selectFrom('catalog.lesson').select(['id', 'title', 'moduleId', 'removedAt']).where('courseId', '=', courseId)
    .where((is) => is.or([is('removedAt', 'is not', null), is('moduleId', 'in', is.selectFrom('catalog.courseModule').select('id').where('courseId', '=', courseId).where('removedAt', 'is not', null))]))
    .orderBy('removedAt', 'desc').orderBy('id').execute();
}

export const nextModulePosition = async (tx: Tx, courseId: string): Promise<number> =>
  (await tx.selectFrom('catalog.courseModule').select((is) => is.fn.coalesce(is.fn.max('position'), sql<number>`0`).as('last')).where('courseId', '=', courseId).executeTakeFirstOrThrow()).last + 1;

export const nextLessonPosition = async (tx: Tx, moduleId: string): Promise<number> =>
  (await tx.selectFrom('catalog.lesson').select((is) => is.fn.coalesce(is.fn.max('position'), sql<number>`0`).as('last')).where('moduleId', '=', moduleId).executeTakeFirstOrThrow()).last + 1;

/** Puts modules and lessons where the order says; what it does not name stays. */
export async function place(tx: Tx, courseId: string, order: readonly { id: string; lessonIds: readonly string[] }[]): Promise<void> {
  const lessons = JSON.stringify(order.flatMap((module) => module.lessonIds.map((id, index) => ({ id, moduleId: module.id, position: index + 1 }))));
  await sql`update catalog.course_module m set position = o.ordinality from jsonb_array_elements_text(${JSON.stringify(order.map((module) => module.id))}::jsonb) with ordinality o(id, ordinality) where m.course_id = ${courseId} and m.id = o.id::uuid`.execute(tx);
  await sql`update catalog.lesson l set position = o.position, module_id = o."moduleId" from jsonb_to_recordset(${lessons}::jsonb) o(id uuid, "moduleId" uuid, position int) where l.course_id = ${courseId} and l.id = o.id`.execute(tx);
}

/** Makes room for a part that comes back to its place. */
export const makeRoom = (tx: Tx, table: 'course_module' | 'lesson', parent: string, position: number) => sql`
  update ${sql.table(`catalog.${table}`)} set position = position + 1 where ${sql.ref(table === 'lesson' ? 'module_id' : 'course_id')} = ${parent} and removed_at is null and position >= ${position}`.execute(tx);

/**
 * After the draft has changed: there is something to publish, and as long as nothing was, the course counts its draft.
 * `structure`: what `If-Match` of the outline names.
 */
export async function draftChanged(tx: Tx, courseId: string, { structure }: { structure: boolean }): Promise<void> {
  await sql`
    update catalog.course c set content_version = content_version + 1, outline_version = outline_version + ${structure ? 1 : 0}::int, updated_at = ${tx.now.toISOString()},
      module_count = case when published_version_id is null then d.modules else module_count end,
      lesson_count = case when published_version_id is null then d.lessons else lesson_count end,
      duration_minutes = case when published_version_id is null then d.minutes else duration_minutes end
    from (
      select count(distinct m.id) as modules, count(l.id) as lessons, coalesce(sum(l.minutes), 0) as minutes
      from catalog.course_module m left join catalog.lesson l on l.tenant_id = m.tenant_id and l.module_id = m.id and l.removed_at is null
      where m.course_id = ${courseId} and m.removed_at is null
    ) d where c.id = ${courseId}`.execute(tx);
}
