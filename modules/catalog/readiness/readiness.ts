import type { Tx } from '@milpa/kernel';
import type { Output } from '@milpa/kernel/contract';
import type { CourseRow } from '../course/queries.ts';
import { listFileIds } from '../file/queries.ts';
import { listDraft } from '../outline/queries.ts';
import { draftModules } from '../outline/rules.ts';
import type { getReadiness } from './contract.ts';
import { listTexts } from './queries.ts';
import { missingIn } from './rules.ts';

/** What the draft lacks before it is published. */
export async function readinessOf(tx: Tx, course: CourseRow): Promise<Output<typeof getReadiness>> {
  const [rows, texts, fileIds] = await Promise.all([listDraft(tx, course.id), listTexts(tx, course.id), listFileIds(tx, course.id)]);
  const modules = draftModules(rows).map((module) => ({ ...module, lessons: module.lessons.map((lesson) => ({ ...lesson, ...texts.get(lesson.id) ?? { bodyHtml: '', attachments: 0 } })) }));
  const items = missingIn({ ...course, modules, fileIds: new Set(fileIds) });
  return { ready: !items.some(({ severity }) => severity === 'blocker'), items };
}
