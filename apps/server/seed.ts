/** Plants the five demo organisations. Every step may be repeated, so a start that was interrupted goes on where it was. */
import { join } from 'node:path';
import { blueprintKeys, loadBlueprint, type Blueprint } from '../../blueprints/schema.ts';
import { createCategory, findCourse, listCategories, lockCourse, outlineOf, publishDraft } from '@milpa/catalog';
import { ensureTenant } from '@milpa/flows';
import { addMember, createVerifiedAccount, findAccount, makeOperator } from '@milpa/identity';
import { importNow } from '@milpa/interop';
import { auditControl, systemActor, type Actor, type Tenant, type Tx } from '@milpa/kernel';
import { completeLesson, enrollMember, lockEnrollment } from '@milpa/learning';
import type { Application } from './application.ts';

/** Plainly a demo's: everybody may read it on the terminal. */
export const demoPassword = 'sol-y-milpa-2026';

export const demoOperator = 'operator@milpa.example';

const plantedAction = 'installation.plantDemo';

/** The slugs of the demo organisations that are whole. */
async function planted({ database }: Application): Promise<Set<string>> {
  const rows = await database.readControl((tx) => tx.selectFrom('kernelControl.auditEntry').select('subjectId').where('action', '=', plantedAction).execute());
  return new Set(rows.map((row) => row.subjectId ?? ''));
}

export interface DemoSignIn { slug: string; name: string; people: { name: string; email: string; role: string }[] }

/** Who may sign in where, for the terminal. */
export const demoSignIns = (): DemoSignIn[] => blueprintKeys.map((key) => {
  const { demo } = loadBlueprint(key);
  return { slug: demo.tenant.slug, name: demo.tenant.name, people: demo.people.map((person) => ({ name: person.name, email: person.email, role: person.roles.join(', ') })) };
});

/** @returns the slugs of those planted now. */
export async function plantDemo(application: Application, progress: (detail: string) => void): Promise<string[]> {
  const done = await planted(application);
  const fresh: string[] = [];
  if (done.size === 0) await makeOperator(application.database, await plantAccount(application, { name: 'Demo Operator', email: demoOperator, locale: 'en' }));
  for (const key of blueprintKeys) {
    const blueprint = loadBlueprint(key);
    const { slug } = blueprint.demo.tenant;
    if (done.has(slug)) continue;
    progress(`${slug}: organisation and people`);
    await plantTenant(application, blueprint, progress);
    await application.database.withControl((tx) => auditControl(tx, { action: plantedAction, accountId: null, subjectType: 'tenant', subjectId: slug }));
    fresh.push(slug);
  }
  return fresh;
}

async function plantTenant(application: Application, blueprint: Blueprint, progress: (detail: string) => void): Promise<void> {
  const { database } = application;
  const { demo } = blueprint;
  const tenant = await ensureTenant(application.opening, {
    slug: demo.tenant.slug, name: demo.tenant.name, tagline: demo.tenant.tagline, blueprint: blueprint.key, firstAdminEmail: null,
  });
  const members = new Map<string, string>();
  for (const person of demo.people) members.set(person.key, await plantPerson(application, tenant, blueprint, person));
  await database.withTenant(tenant, systemActor, (tx) => plantCategories(tx, demo.categories, null));
  for (const course of demo.courses) {
    progress(`${tenant.slug}: ${course.folder}`);
    await plantCourse(application, tenant, blueprint, course, members);
  }
}

async function plantPerson(application: Application, tenant: Tenant, { locale }: Blueprint, { name, email, roles }: Blueprint['demo']['people'][number]): Promise<string> {
  const accountId = await plantAccount(application, { name, email, locale });
  const { memberId } = await application.database.withTenant(tenant, systemActor, (tx) => addMember(tx, { accountId, name, email, locale, roleKeys: roles }));
  return memberId;
}

async function plantAccount({ auth }: Application, person: { name: string; email: string; locale: string }): Promise<string> {
  const before = await findAccount(auth, person.email);
  return before?.id ?? (await createVerifiedAccount(auth, { ...person, password: demoPassword })).accountId;
}

type CategoryTree = Blueprint['demo']['categories'];

async function plantCategories(tx: Tx, tree: CategoryTree, parentId: string | null): Promise<void> {
  const known = new Map((await listCategories(tx)).data.map((category) => [category.slug, category.id]));
  for (const { slug, name, children } of tree) {
    const id = known.get(slug) ?? (await createCategory(tx, { name, parentId }, slug)).id;
    if (children) await plantCategories(tx, children, id);
  }
}

async function plantCourse({ database, importing }: Application, tenant: Tenant, blueprint: Blueprint, course: Blueprint['demo']['courses'][number], members: ReadonlyMap<string, string>): Promise<void> {
  const instructor: Actor = { ...systemActor, memberId: members.get(course.instructor) ?? null };
  const folder = join(import.meta.dirname, '../../blueprints', blueprint.key, 'courses', course.folder);
  const { courseId } = await importNow(importing, tenant, instructor, folder, () => {});
  await database.withTenant(tenant, instructor, async (tx) => {
    const row = await lockCourse(tx, courseId);
    if (row?.status === 'draft') await publishDraft(tx, row);
  });
  for (const { person, completedLessons } of course.enrolled) {
    const memberId = members.get(person);
    if (!memberId) continue;
    await database.withTenant(tenant, { ...systemActor, memberId }, (tx) => plantProgress(tx, courseId, memberId, completedLessons));
  }
}

async function plantProgress(tx: Tx, courseId: string, memberId: string, completedLessons: number): Promise<void> {
  if (!await findCourse(tx, courseId)) return;
  const { id } = await enrollMember(tx, courseId, memberId);
  const lessons = (await outlineOf(tx, courseId)).flatMap((module) => module.lessons).slice(0, completedLessons);
  for (const lesson of lessons) {
    const enrollment = await lockEnrollment(tx, id);
    if (enrollment) await completeLesson(tx, enrollment, lesson.id);
  }
}
