/** From a package that was read to a course: all of it, or nothing. */
import { adoptCourse, createCourse, fillCourse, findBySource, listCategories } from '@milpa/catalog';
import { lock, slugify, type Tenant, type Tx } from '@milpa/kernel';
import { storeFiles, type Storage } from '@milpa/media';
import type { CoursePackage, ReportEntry } from '../package/types.ts';
import { contentOf, courseFieldsOf, tagsOf, withFileIds } from './rules.ts';

export interface SavedCourse { courseId: string; slug: string; title: string; /** It had been imported before. */ repeated: boolean; report: ReportEntry[] }

/**
 * Makes a draft of the package, belonging to the transaction's member. The same package makes no second course, also when two
 * are imported at once. `onStored` hears the share of files that have been stored.
 * @throws Problem `kernel.limit_reached`.
 */
export async function saveCourse(tx: Tx, tenant: Tenant, storage: Storage, read: CoursePackage, onStored: (share: number) => void): Promise<SavedCourse> {
  // Whoever comes second with the same package waits here, and then finds the course of the first.
  await lock(tx, 'interop.package', read.digest);
  const before = await findBySource(tx, read.digest);
  // What the installation imported for nobody is taken up by the first who brings it.
  if (before?.ownerMemberId === null && tx.actor.memberId) await adoptCourse(tx, before.id, tx.actor.memberId);
  if (before) return { courseId: before.id, slug: before.slug, title: before.title, repeated: true, report: read.report };

  const stored = await storeFiles(tx, tenant, storage, read.files, onStored);
  const fileIds = new Map(read.files.map((file, index) => [file.key, stored[index]!]));
  const category = await categoryOf(tx, read.category);
  const fields = courseFieldsOf(read, tenant.locale);
  const course = await createCourse(tx, tenant, tx.actor, { ...fields, descriptionHtml: withFileIds(fields.descriptionHtml, fileIds), categoryId: category.id }, { digest: read.digest });
  await fillCourse(tx, course.id, contentOf(read, fileIds));
  return { courseId: course.id, slug: course.slug, title: course.title, repeated: false, report: [...read.report, ...category.report, ...tagsOf(read).report] };
}

/** The tenant's category that the package names, by its slug or its name; a package makes no category of its own. */
async function categoryOf(tx: Tx, name: string | null): Promise<{ id: string | null; report: ReportEntry[] }> {
  if (name === null) return { id: null, report: [] };
  const { data } = await listCategories(tx);
  const slug = slugify(name);
  const found = data.find((category) => category.slug === slug);
  return found ? { id: found.id, report: [] } : { id: null, report: [{ outcome: 'dropped', kind: 'setting', title: 'category', reason: 'unknown_category', params: { what: name.slice(0, 200) } }] };
}
